using System.Collections.Immutable;

namespace Riad.Images;

/// <summary>What an image needs to know of an appliance.</summary>
/// <param name="Name">Of its folder under appliances/, and of its program.</param>
/// <param name="Summary">One sentence, for labels.</param>
/// <param name="Port">Where it answers inside a container, over UDP and TCP: the appliance's own default.</param>
/// <param name="HttpPort">Where its HTTP service listens inside a container.</param>
public sealed record ApplianceImage(string Name, string Summary, int Port, int HttpPort)
{
    /// <summary>Every appliance that has images. A new one is one line more.</summary>
    public static ImmutableArray<ApplianceImage> All { get; } =
    [
        new("dns-primary-git", "Serves authoritative DNS zones from a Git repository that is pushed to.", 5300, 8300),
        new("dns-secondary", "Transfers DNS zones from a primary, keeps them up to date and serves them from memory.", 5310, 8310),
    ];
}
