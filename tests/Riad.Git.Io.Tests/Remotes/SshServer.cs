using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Riad.Git.Io.Tests.Remotes;

/// <summary>sshd on a port of loopback, with its own host key and one key that may log in as whoever runs the tests.</summary>
internal sealed class SshServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly List<string> log = [];

    private SshServer(Process process, string folder, int port) => (this.process, Folder, Port) = (process, folder, port);

    public string Folder { get; }

    public int Port { get; }

    /// <summary>The private key that may log in.</summary>
    public string Key => Path.Combine(Folder, "user");

    /// <summary>The host key, as a file of known hosts says it.</summary>
    public string KnownHosts => Path.Combine(Folder, "known_hosts");

    public string Url(string path) => $"ssh://{Environment.UserName}@127.0.0.1:{Port}{path}";

    /// <summary>Starts it.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="speaksVersion2">Lets the client ask for version 2 of git's protocol, which sshd does not by itself.</param>
    public static SshServer Start(string folder, bool speaksVersion2)
    {
        Directory.CreateDirectory(folder);
        MakeKey(Path.Combine(folder, "host"));
        MakeKey(Path.Combine(folder, "user"));
        File.Copy(Path.Combine(folder, "user.pub"), Path.Combine(folder, "authorized_keys"));
        // sshd wants this folder of the system, and only its own service makes it.
        if (Environment.IsPrivilegedProcess)
            Run("mkdir", "-p", "-m", "0755", "/run/sshd");
        for (var attempt = 0; ; attempt++)
        {
            var server = Launch(folder, FreePort(), speaksVersion2);
            if (server.WaitUntilItListens())
                return server;
            server.Dispose();
            // Another process may have taken the port in between.
            if (attempt == 5)
                throw new InvalidOperationException($"sshd does not listen:\n{server.Log}");
        }
    }

    /// <summary>Makes a pair of keys.</summary>
    public static void MakeKey(string path) => Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "riad test", "-f", path);

    private string Log
    {
        get
        {
            lock (log)
                return string.Join('\n', log);
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static SshServer Launch(string folder, int port, bool speaksVersion2)
    {
        var configuration = Path.Combine(folder, "sshd_config");
        File.WriteAllLines(configuration,
        [
            "ListenAddress 127.0.0.1", $"Port {port}", $"HostKey {folder}/host", $"AuthorizedKeysFile {folder}/authorized_keys", "PidFile none", "StrictModes no",
            $"UsePAM {(IsLocked() ? "yes" : "no")}", "PasswordAuthentication no", "KbdInteractiveAuthentication no", "PermitRootLogin prohibit-password", "MaxStartups 100", "UseDNS no",
            // Whoever runs the tests may have a configuration of git; the tests shall not.
            "SetEnv GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null",
            .. speaksVersion2 ? (string[])["AcceptEnv GIT_PROTOCOL"] : [],
        ]);
        File.WriteAllText(Path.Combine(folder, "known_hosts"), $"[127.0.0.1]:{port} {File.ReadAllText(Path.Combine(folder, "host.pub"))}");
        var start = new ProcessStartInfo(FindProgram(), ["-D", "-e", "-f", configuration]) { RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        var server = new SshServer(Process.Start(start)!, folder, port);
        server.process.ErrorDataReceived += (_, line) => server.Hear(line.Data);
        server.process.BeginErrorReadLine();
        return server;
    }

    private void Hear(string? line)
    {
        lock (log)
            log.Add(line ?? "");
    }

    private bool WaitUntilItListens()
    {
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (Environment.TickCount64 < until && !process.HasExited)
        {
            try
            {
                using var probe = new TcpClient();
                probe.Connect(IPAddress.Loopback, Port);
                // Ours, not a stranger on the same port: the greeting is sent only by the process that we started.
                return !process.HasExited;
            }
            catch (SocketException)
            {
                Thread.Sleep(20);
            }
        }
        return false;
    }

    // sshd takes an account with '!' for locked unless PAM decides.
    private static bool IsLocked()
    {
        try
        {
            return File.ReadLines("/etc/shadow").Any(line => line.StartsWith($"{Environment.UserName}:!", StringComparison.Ordinal));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string FindProgram() => File.Exists("/usr/sbin/sshd") ? "/usr/sbin/sshd" : "sshd";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Run(string program, params string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        var said = run.StandardError.ReadToEnd();
        run.WaitForExit();
        if (run.ExitCode != 0)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program}: {run.ExitCode} {said}"));
    }
}
