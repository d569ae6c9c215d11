using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Riad.DnsPrimaryGit.Serving;
using Riad.Git.Io;
using Riad.Git.Io.Remotes;
using Riad.Host;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>Opens the remote as the operator set it.</summary>
internal static class RemoteOpening
{
    private const int LeastSecretCharacters = 16;

    // A change waits for it, and its client waits for the change.
    private static readonly RemoteTimes Times = new() { Connect = TimeSpan.FromSeconds(10), Silence = TimeSpan.FromSeconds(30) };

    /// <summary>The link to the remote; null without <c>--remote</c>.</summary>
    /// <exception cref="OperatorException">A file is not usable, or the options do not go together.</exception>
    public static RemoteLink? Open(HostServices host, Repository repository, KeeperOptions options, out GitRemote? remote)
    {
        remote = null;
        if (host.Settings.Get(RemoteSettings.Remote) is not { } place)
        {
            if (host.Settings.Get(RemoteSettings.PushLater) || host.Settings.Get(RemoteSettings.WebhookSecret) is not null)
                throw OperatorException.BadArguments("--push-later and --webhook-secret-file need --remote URL");
            return null;
        }
        if (host.Settings.Get(PrimaryGitSettings.Example))
            throw OperatorException.BadArguments("--example fills a new repository, and --remote takes it from elsewhere; give one of both");
        if (place.Address is null)
            throw OperatorException.BadArguments($"--remote will not do as it is written; {place.Refusal}");
        if (RemoteNeeds.Missing(place.Address) is { } missing)
            throw OperatorException.CannotRun(missing);
        remote = new(place.Address, new()
        {
            SshProgram = RemoteNeeds.Program(place.Address) ?? "ssh",
            Agent = $"dns-primary-git/{ApplianceVersion.Current.Version}",
            Credentials = host.Settings.Get(RemoteSettings.Credentials) is { } file ? new([Present(file).FullName], askProgram: null) : CredentialSource.OfGit(Environment.GetEnvironmentVariable),
            Authorities = host.Settings.Get(RemoteSettings.Authorities) is { } authorities ? ReadAuthorities(authorities) : null,
            KnownHostsFile = host.Settings.Get(RemoteSettings.KnownHosts) is { } hosts ? Present(hosts).FullName : null,
            KeyFile = host.Settings.Get(RemoteSettings.Key) is { } key ? Present(key).FullName : null,
            Times = Times,
        });
        return new(remote, repository, options.BranchRef, $"refs/heads/{place.Branch ?? options.Branch}", options.AllowForce, host.Health, host.Logs.CreateLogger("remote"));
    }

    /// <summary>The secret of webhooks, read anew when its file changes; null without <c>--webhook-secret-file</c>.</summary>
    /// <exception cref="OperatorException">The file is not usable.</exception>
    public static ReloadedFile<string>? OpenSecret(HostServices host) =>
        host.Settings.Get(RemoteSettings.WebhookSecret) is { } file ? ReloadedFile.Open(() => ReadSecret(file), host.Log, file) : null;

    private static string ReadSecret(FileInfo file)
    {
        var secret = Read(file).Trim();
        return secret.Length >= LeastSecretCharacters
            ? secret
            : throw OperatorException.CannotRun($"the secret in {OneLine.Escape(file.ToString())} has fewer than {LeastSecretCharacters} characters; make one with: openssl rand -hex 32");
    }

    private static X509Certificate2Collection ReadAuthorities(FileInfo file)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(Read(file));
        }
        catch (CryptographicException wrong)
        {
            throw OperatorException.CannotRun($"{OneLine.Escape(file.ToString())} holds a certificate that cannot be read", wrong);
        }
        return found.Count > 0 ? found : throw OperatorException.CannotRun($"{OneLine.Escape(file.ToString())} holds no certificate (-----BEGIN CERTIFICATE-----)");
    }

    private static FileInfo Present(FileInfo file) => file.Exists ? file : throw OperatorException.CannotRun($"the file {OneLine.Escape(file.ToString())} does not exist");

    private static string Read(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw OperatorException.CannotRun($"the file {OneLine.Escape(file.ToString())} cannot be read ({OneLine.Escape(refused.Message.TrimEnd('.'))})", refused);
        }
    }
}
