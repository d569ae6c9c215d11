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

    /// <summary>Runs podman inside the namespace, to its end.</summary>
    public ToolResult Inside(params string[] arguments) => Tool.Run("unshare", [.. Words(arguments)], folder);

    /// <summary>Starts an image as the least that a container can be: nothing to write to but its state, no capability, no way to more.</summary>
    public ReadyProcess Start(string name, string[] options, string image, params string[] arguments) => ReadyProcess.Launch("unshare",
        [.. Words([
            "run", "--name", name, "--network=host", "--cgroups=disabled", "--ulimit=nofile=1024:1024", "--ulimit=nproc=1000:1000", "--read-only", "--read-only-tmpfs=false",
            "--cap-drop=all", "--security-opt=no-new-privileges", .. options, image, .. arguments])]);

    private string[] Words(string[] arguments) =>
    [
        "-m", "sh", "-c", $"umount -R /sys/fs/cgroup 2>/dev/null; mount -t cgroup2 none /sys/fs/cgroup; export {Settings}; exec podman \"$@\"", "podman", .. arguments,
    ];
}
