using System.Security.Cryptography.X509Certificates;
using Riad.Git.Packs;
using Riad.Git.Protocol.Client;

namespace Riad.Git.Io.Remotes;

/// <summary>How a remote is used.</summary>
public sealed record RemoteOptions
{
    /// <summary>Name and version of the client: printable ASCII without spaces.</summary>
    public string Agent { get; init; } = "riad";

    /// <summary>Where passwords for HTTP are looked for; read anew for each conversation, so that they can be renewed.</summary>
    public CredentialSource Credentials { get; init; } = CredentialSource.None;

    /// <summary>Whom a server's certificate has to come from; null for whom the system trusts.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The file of host keys that ssh believes, and no other; null for ssh's own files.</summary>
    public string? KnownHostsFile { get; init; }

    /// <summary>The private key that ssh logs in with, and no other; null for ssh's own choice.</summary>
    public string? KeyFile { get; init; }

    /// <summary>How long a conversation may take.</summary>
    public RemoteTimes Times { get; init; } = new();

    /// <summary>How much a server may say besides packs.</summary>
    public ClientLimits Limits { get; init; } = ClientLimits.Usual;

    /// <summary>What a fetched pack may cost once it is unpacked.</summary>
    public PackLimits PackLimits { get; init; } = new();

    /// <summary>Octets of a fetched pack as it comes.</summary>
    public long MaxPackOctets { get; init; } = int.MaxValue;

    /// <summary>Where the program ssh is, or its name; see <see cref="ProgramPath"/>.</summary>
    public string SshProgram { get; init; } = "ssh";
}

/// <summary>How long a conversation with a remote may take.</summary>
public sealed record RemoteTimes
{
    /// <summary>Until the server is reached.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Without a whole line or a good part of one.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From beginning to end.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The same, but as a whole no longer than this; nothing at all when it is negative.</summary>
    internal RemoteTimes Within(TimeSpan atMost) => this with { Whole = TimeSpan.FromTicks(Math.Clamp(atMost.Ticks, 0, Whole.Ticks)) };
}
