using Microsoft.Extensions.Logging.Abstractions;
using Riad.Git.Io.Http;
using Riad.Git.Io.Remotes;
using Riad.Git.Io.Tests.Http;
using Riad.Git.Packs;
using Riad.Git.Protocol;
using Riad.Git.Protocol.Client;

namespace Riad.Git.Io.Tests.Remotes;

/// <summary>What carries a conversation, and who answers.</summary>
public enum CarrierKind
{
    /// <summary>git http-backend.</summary>
    Http,

    /// <summary>Our own server over HTTP.</summary>
    OwnHttp,

    /// <summary>sshd that lets version 2 of the protocol through.</summary>
    Ssh,

    /// <summary>sshd as it is installed: version 0.</summary>
    OldSsh,

    /// <summary>git on this machine.</summary>
    File,
}

/// <summary>A bare repository of real git, and a remote that reaches it.</summary>
internal sealed class Carrier : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> servers = [];
    private readonly List<IDisposable> programs = [];

    private readonly RemoteOptions options;

    private Carrier(GitClient bare, GitRemote remote, RemoteOptions options) => (Bare, Remote, this.options) = (bare, remote, options);

    /// <summary>The other side's repository.</summary>
    public GitClient Bare { get; }

    public GitRemote Remote { get; }

    public static async Task<Carrier> OpenAsync(CarrierKind kind, ScratchFolder scratch)
    {
        var bare = scratch.Client("remote.git");
        bare.Run("init", "-q", "--bare", ".");
        switch (kind)
        {
            case CarrierKind.Http:
                var site = await CgiSite.OpenAsync(bare.Folder);
                return Make(bare, site.Url, new(), site);
            case CarrierKind.OwnHttp:
                var own = await ServedRepository.OpenAsync(bare, repository => new StoreAllReceiver(repository, new RefPolicy("refs/heads/none", AllowForce: false)));
                return Make(bare, own.Url, new(), own);
            case CarrierKind.Ssh or CarrierKind.OldSsh:
                var ssh = SshServer.Start(Path.Combine(scratch.Path, "ssh"), kind is CarrierKind.Ssh);
                var carrier = Make(bare, ssh.Url(bare.Folder), new() { KnownHostsFile = ssh.KnownHosts, KeyFile = ssh.Key });
                carrier.programs.Add(ssh);
                return carrier;
            default:
                return Make(bare, bare.Folder, new());
        }
    }

    /// <summary>The options for the same server behind a proxy on another port.</summary>
    public RemoteOptions OptionsThrough(int port)
    {
        if (options.KnownHostsFile is not { } hosts)
            return options;
        // A host key belongs to a port.
        var more = hosts + ".proxy";
        File.WriteAllText(more, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(hosts), @"\]:\d+ ", $"]:{port} ", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        return options with { KnownHostsFile = more };
    }

    public static GitRemote RemoteOf(string url, RemoteOptions options) =>
        RemoteAddressReader.TryRead(url, out var address, out _, out var instead) ? new(address, options with { Agent = "riad/test" }) : throw new FormatException(instead);

    public async ValueTask DisposeAsync()
    {
        Remote.Dispose();
        foreach (var server in servers)
            await server.DisposeAsync();
        foreach (var program in programs)
            program.Dispose();
    }

    private static Carrier Make(GitClient bare, string url, RemoteOptions options, IAsyncDisposable? server = null)
    {
        var carrier = new Carrier(bare, RemoteOf(url, options), options);
        if (server is not null)
            carrier.servers.Add(server);
        return carrier;
    }
}
