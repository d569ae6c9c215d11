using System.Collections.Immutable;
using System.Globalization;

namespace Riad.Images.Containers;

/// <summary>What a container image says about itself.</summary>
/// <param name="Appliance">The appliance in it.</param>
/// <param name="Architecture">The machine that it is for.</param>
/// <param name="Version">Of the appliance.</param>
/// <param name="Commit">It was built from.</param>
/// <param name="Created">The commit's time: the time of building would make each image another.</param>
public sealed record ContainerDescription(ApplianceImage Appliance, Architecture Architecture, string Version, string Commit, DateTimeOffset Created)
{
    /// <summary>The name under which engines load it.</summary>
    public string Reference => $"localhost/riad/{Appliance.Name}:{Version}";

    /// <summary>The labels, by name in order.</summary>
    /// <remarks>None names a licence: what is inside has many, and the bill of materials says what it is.</remarks>
    public ImmutableSortedDictionary<string, string> Labels => ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("org.opencontainers.image.created", Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        KeyValuePair.Create("org.opencontainers.image.description", Appliance.Summary),
        KeyValuePair.Create("org.opencontainers.image.revision", Commit),
        KeyValuePair.Create("org.opencontainers.image.title", Appliance.Name),
        KeyValuePair.Create("org.opencontainers.image.version", Version),
    ]);
}
