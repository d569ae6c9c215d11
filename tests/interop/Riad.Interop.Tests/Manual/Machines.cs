using System.Diagnostics;
using System.Globalization;
using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Manual;

/// <summary>The machines of a page of the manual, each with a network, files and processes of its own, so that addresses, ports and paths are those of the page.</summary>
/// <remarks>They are namespaces of Linux, which only root can make. All processes of a machine end with its first.</remarks>
internal sealed class Machines : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-manual-");
    private readonly Dictionary<string, int> holders = [];
    private readonly List<Process> running = [];
    private readonly List<Func<string>> launched = [];

    /// <summary>Makes them; the first has a cable to each of the others.</summary>
    /// <param name="addresses">Of each machine.</param>
    public Machines(IReadOnlyList<(string Name, string Address)> addresses)
    {
        WritePrograms();
        foreach (var (name, address) in addresses)
        {
            foreach (var part in (string[])["home", "nsd"])
                Directory.CreateDirectory(Path.Combine(folder.FullName, name, part));
            var script = Path.Combine(folder.FullName, name, "begin");
            File.WriteAllText(script, Begin(name, address));
            string[] isolate = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child=KILL", "sh", script];
            holders.Add(name, StartHolder(isolate));
            if (name != addresses[0].Name)
                Connect(addresses[0], (name, address));
        }
    }

    /// <summary>Runs commands to their end.</summary>
    public ToolResult Run(string machine, string commands) => Tool.Run("nsenter", Enter(machine, commands), folder.FullName, Environment);

    /// <summary>Runs commands that go on; gives what they have said so far.</summary>
    public Func<string> Launch(string machine, string commands)
    {
        var said = new List<string>();
        var process = Start("nsenter", Enter(machine, commands), line =>
        {
            lock (said)
                said.Add(line);
        });
        running.Add(process);
        launched.Add(Said);
        return Said;

        string Said()
        {
            lock (said)
                return string.Join('\n', said);
        }
    }

    /// <summary>What all that goes on has said, and NSD's logs: for a step that failed.</summary>
    public string Logs() =>
        string.Join('\n', launched.Select(said => said()).Concat(holders.Keys.Select(name => Path.Combine(folder.FullName, name, "home", "nsd.log")).Where(File.Exists).Select(path => $"{path}:\n{File.ReadAllText(path)}")));

    public void Dispose()
    {
        foreach (var process in running)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
        folder.Delete(recursive: true);
    }

    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal)
    {
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_AUTHOR_NAME"] = "Ada",
        ["GIT_AUTHOR_EMAIL"] = "ada@example.org",
        ["GIT_COMMITTER_NAME"] = "Ada",
        ["GIT_COMMITTER_EMAIL"] = "ada@example.org",
        ["LC_ALL"] = "C",
    };

    /// <summary>What NSD has on a fresh Debian is there, and changes of it stay on this machine.</summary>
    private string Begin(string name, string address)
    {
        var nsd = Path.Combine(folder.FullName, name, "nsd");
        return $"""
            set -e
            mount --make-rprivate /
            cp -a /etc/nsd/. {nsd}/
            mount --bind {nsd} /etc/nsd
            # NSD names a folder in /tmp by its number, and here two of them can have the same.
            printf 'server:\n  xfrdir: "/var/lib/nsd"\n' > /etc/nsd/nsd.conf.d/place.conf
            mount -t tmpfs tmpfs /var/lib/nsd
            mount -t tmpfs tmpfs /run
            mkdir /run/nsd
            chown nsd /var/lib/nsd /run/nsd
            ip link set lo up
            ip address add {address}/32 dev lo
            echo up
            exec sleep infinity

            """;
    }

    private void Connect((string Name, string Address) first, (string Name, string Address) other)
    {
        Ip(first.Name, $"link add {other.Name} type veth peer name cable netns {holders[other.Name]}");
        Ip(first.Name, $"link set {other.Name} up");
        Ip(other.Name, "link set cable up");
        Ip(first.Name, $"route add {other.Address} dev {other.Name} src {first.Address}");
        Ip(other.Name, $"route add {first.Address} dev cable src {other.Address}");
    }

    private void Ip(string machine, string words) =>
        Tool.Run("nsenter", ["--target", $"{holders[machine]}", "--net", "ip", .. words.Split(' ')], folder.FullName).MustSucceed();

    /// <summary>What is on a machine of the page and not here: a copy between machines, and services.</summary>
    private void WritePrograms()
    {
        var programs = Directory.CreateDirectory(Path.Combine(folder.FullName, "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(programs, "dns-primary-git"), RunningAppliance.Program);
        Write("scp", $"#!/bin/sh\nexec cp \"{folder.FullName}/${{1%%:*}}/home/${{1#*:}}\" \"$2\"\n");
        Write("systemctl", "#!/bin/sh\n[ \"$1 $2\" = 'restart nsd' ] || exit 1\nsetsid /usr/sbin/nsd -d -P '' >nsd.log 2>&1 </dev/null &\n");

        void Write(string name, string text)
        {
            var path = Path.Combine(programs, name);
            File.WriteAllText(path, text);
            Tool.Run("chmod", ["+x", path], programs).MustSucceed();
        }
    }

    private string[] Enter(string machine, string commands) =>
    [
        "--target", $"{holders[machine]}", "--net", "--mount", "--pid", "sh", "-ec",
        $"cd {folder.FullName}/{machine}/home\nPATH={folder.FullName}/bin:$PATH:/usr/sbin\n{commands}",
    ];

    private int StartHolder(string[] start)
    {
        using var up = new ManualResetEventSlim();
        var said = new List<string>();
        var process = Start(start[0], start[1..], line =>
        {
            lock (said)
                said.Add(line);
            if (line == "up")
                up.Set();
        });
        running.Add(process);
        if (!up.Wait(TimeSpan.FromSeconds(60)))
        {
            lock (said)
                throw new InvalidOperationException($"no machine: {string.Join('\n', said)}");
        }
        var children = File.ReadAllText($"/proc/{process.Id}/task/{process.Id}/children");
        return int.Parse(children.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private Process Start(string program, string[] arguments, Action<string> hear)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder.FullName };
        Tool.ForgetWhatChoosesTests(start);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.OutputDataReceived += (_, line) => hear(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => hear(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
