using System.Diagnostics;
using System.Globalization;
using Riad.Interop.Tests.Running;

namespace Riad.Images.Interop.Tests.Deploying;

/// <summary>A place for the commands of a page: a network, mounts and processes of its own, so that ports and addresses are those of the page.</summary>
/// <remarks>It is made of Linux's namespaces, which only root can make. Everything in it ends with its first process.</remarks>
internal sealed class Enclosure : IDisposable
{
    // Control groups of the second version alone, as crun demands, also where this machine has both; and of the addresses
    // that networks have given away, none of another place's that has ended.
    private const string Begin = "set -e; mount --make-rprivate /; umount -R /sys/fs/cgroup 2>/dev/null || true; mount -t cgroup2 none /sys/fs/cgroup; mkdir -p /var/lib/cni; mount -t tmpfs tmpfs /var/lib/cni; ip link set lo up; echo up; exec sleep infinity";

    private readonly string folder;
    private readonly LaunchedCommands holder;
    private readonly List<LaunchedCommands> running = [];
    private readonly int first;

    /// <summary>Makes one.</summary>
    /// <param name="folder">Where commands run, and where podman keeps what it has.</param>
    public Enclosure(string folder)
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        File.WriteAllText(PathOf("storage.conf"), $"[storage]\ndriver = \"vfs\"\ngraphroot = \"{folder}/graph\"\nrunroot = \"{folder}/run\"\n");
        // Limits that any machine may set, and no control groups: for machines that are containers themselves.
        File.WriteAllText(PathOf("containers.conf"), $"[containers]\ncgroups = \"disabled\"\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=1000:1000\"]\n[network]\nnetwork_config_dir = \"{folder}/networks\"\n");
        holder = new("unshare", ["--net", "--mount", "--pid", "--mount-proc", "--fork", "--kill-child=KILL", "sh", "-c", Begin], folder, Variables);
        holder.Until("up", () => holder.Said.Contains("up", StringComparison.Ordinal));
        first = int.Parse(File.ReadAllText($"/proc/{holder.Id}/task/{holder.Id}/children").Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private Dictionary<string, string> Variables => new(StringComparer.Ordinal)
    {
        ["CONTAINERS_STORAGE_CONF"] = PathOf("storage.conf"),
        ["CONTAINERS_CONF"] = PathOf("containers.conf"),
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_AUTHOR_NAME"] = "Ada",
        ["GIT_AUTHOR_EMAIL"] = "ada@example.org",
        ["GIT_COMMITTER_NAME"] = "Ada",
        ["GIT_COMMITTER_EMAIL"] = "ada@example.org",
    };

    public string PathOf(string name) => Path.Combine(folder, name);

    /// <summary>Runs commands to their end, the first that fails being the last.</summary>
    public ToolResult Run(string commands, string input = "") => Tool.Run("nsenter", Enter(commands), folder, Variables, input);

    /// <summary>Runs commands until what they write is as expected.</summary>
    public void RunUntil(string commands, string expected)
    {
        var (clock, seen) = (Stopwatch.StartNew(), Run(commands));
        for (; seen.Output.Trim() != expected; seen = Run(commands))
        {
            if (clock.Elapsed > LaunchedCommands.Patience)
                throw new TimeoutException($"{commands}\nexpected: {expected}\nseen: {seen}");
            Thread.Sleep(LaunchedCommands.Pause);
        }
    }

    /// <summary>Starts commands that go on.</summary>
    public LaunchedCommands Launch(string commands)
    {
        var launched = new LaunchedCommands("nsenter", Enter(commands), folder, Variables);
        running.Add(launched);
        return launched;
    }

    public void Dispose()
    {
        // podman's containers have parents of their own, and all of them the first process above them.
        foreach (var launched in running.Append(holder))
            launched.Dispose();
    }

    private string[] Enter(string commands) =>
        ["--target", first.ToString(CultureInfo.InvariantCulture), "--net", "--mount", "--pid", "sh", "-ec", $"cd {folder}\nPATH=$PATH:/usr/sbin:/sbin\n{commands}"];
}
