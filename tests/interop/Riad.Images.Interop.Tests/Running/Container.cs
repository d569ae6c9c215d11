using Riad.Interop.Tests.Running;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>Podman with a store of its own, in a place where it needs nothing of the machine but a kernel.</summary>
/// <remarks>
/// A mount namespace of its own gets a second version of control groups only, as crun demands; limits are those that any
/// machine may set. Both are for machines that are containers themselves, and change nothing elsewhere.
/// </remarks>
internal sealed class Container
{
    private readonly string folder;

    public Container(string folder)
    {
        this.folder = Directory.CreateDirectory(Path.Combine(folder, "podman")).FullName;
        File.WriteAllText(Path.Combine(this.folder, "storage.conf"), $"[storage]\ndriver = \"vfs\"\ngraphroot = \"{this.folder}/graph\"\nrunroot = \"{this.folder}/run\"\n");
    }

    private string Settings => $"CONTAINERS_STORAGE_CONF={folder}/storage.conf";

    public ToolResult Podman(params string[] arguments) => Tool.Run("env", [Settings, "podman", .. arguments], folder);

    /// <summary>Takes an image in; its name.</summary>
    /// <param name="archive">The file for <c>podman load</c>.</param>
    public string Load(string archive)
    {
        var said = Podman("load", "--input", archive).MustSucceed().Output;
        return said[(said.LastIndexOf(": ", StringComparison.Ordinal) + 2)..].Trim();
    }

    /// <summary>Starts an image as the least that a container can be: nothing to write to but its state, no capability, no way to more.</summary>
    public ReadyProcess Start(string name, string[] options, string image, params string[] arguments) => ReadyProcess.Launch("unshare", [.. Words(Least(["--name", name, .. options], image, arguments))]);

    /// <summary>The same for what ends by itself.</summary>
    public ToolResult Run(string image, params string[] arguments) => Tool.Run("unshare", [.. Words(Least(["--rm"], image, arguments))], folder);

    private static string[] Least(string[] options, string image, string[] arguments) =>
    [
        "run", "--network=host", "--cgroups=disabled", "--ulimit=nofile=1024:1024", "--ulimit=nproc=1000:1000", "--read-only", "--read-only-tmpfs=false",
        "--cap-drop=all", "--security-opt=no-new-privileges", .. options, image, .. arguments,
    ];

    private string[] Words(string[] arguments) =>
    [
        "-m", "sh", "-c", $"umount -R /sys/fs/cgroup 2>/dev/null; mount -t cgroup2 none /sys/fs/cgroup; export {Settings}; exec podman \"$@\"", "podman", .. arguments,
    ];
}
