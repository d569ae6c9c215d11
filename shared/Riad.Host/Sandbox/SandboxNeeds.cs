using System.Collections.Immutable;

namespace Riad.Host.Sandbox;

/// <summary>What a running appliance needs beyond its state directory, and the files that its options name.</summary>
/// <remarks>
/// Every appliance can read its options' files and the folders they lie in (they are replaced by new ones), the system's
/// libraries, certificates and configuration, and can write its state directory. It starts no program.
/// </remarks>
public sealed record SandboxNeeds
{
    /// <summary>Nothing more.</summary>
    public static readonly SandboxNeeds Nothing = new();

    /// <summary>True when it starts other programs, such as ssh: they may read whatever its user may, since who knows what they need.</summary>
    public bool StartsPrograms { get; init; }

    /// <summary>The only programs that it starts, by their paths, where these start no others and read nothing that it may not: nothing else can be started then, whatever is written where.</summary>
    public ImmutableArray<string> Programs { get; init; } = [];

    /// <summary>Folders it reads.</summary>
    public ImmutableArray<string> Reads { get; init; } = [];

    /// <summary>Folders it writes. For one that is missing, what it will lie in: at the next start it is there.</summary>
    public ImmutableArray<string> Writes { get; init; } = [];
}
