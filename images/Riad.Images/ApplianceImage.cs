using System.Collections.Immutable;
using Riad.Images.Packages;

namespace Riad.Images;

/// <summary>What an image needs to know of an appliance.</summary>
/// <param name="Program">The appliance's name: that of its folder under appliances/.</param>
/// <param name="Summary">One sentence, for labels.</param>
/// <param name="Port">Where it answers inside a container, over UDP and TCP: the appliance's own default.</param>
/// <param name="HttpPort">Where its HTTP service listens inside a container.</param>
/// <param name="Companion">A program that it starts; null, as a rule, for none.</param>
public sealed record ApplianceImage(string Program, string Summary, int Port, int HttpPort, Companion? Companion = null)
{
    /// <summary>Every image there is. A new appliance is one line more, and so is one with a companion.</summary>
    public static ImmutableArray<ApplianceImage> All { get; } =
    [
        new("dns-primary-git", "Serves authoritative DNS zones from a Git repository that is pushed to.", 5300, 8300),
        new("dns-secondary", "Transfers DNS zones from a primary, keeps them up to date and serves them from memory.", 5310, 8310),
        new("dns-primary-git", "Serves authoritative DNS zones from a Git repository that is pushed to, and follows a remote over ssh.", 5300, 8300, Companion.Ssh),
    ];

    /// <summary>The image's own name: the appliance's, with the companion's behind it.</summary>
    public string Name => Companion is null ? Program : $"{Program}-{Companion.Name}";

    /// <summary>The packages whose files programs open in it.</summary>
    public ImmutableArray<PackageName> RootPackages => [.. Architecture.RootPackages, .. Companion?.Packages ?? []];

    /// <summary>The packages whose files are in it.</summary>
    public ImmutableArray<PackageName> PackagesFor(Architecture architecture) => [.. RootPackages, .. architecture.BootPackages];
}
