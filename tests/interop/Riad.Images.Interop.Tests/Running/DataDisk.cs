using System.Runtime.Versioning;
using Riad.Interop.Tests.Running;

[assembly: UnsupportedOSPlatform("windows")]

namespace Riad.Images.Interop.Tests.Running;

/// <summary>A data disk of a machine: the empty one of an image, larger, with files that an operator puts there.</summary>
internal sealed class DataDisk
{
    private readonly string folder;

    public DataDisk(string folder, string empty)
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        File.Copy(empty, Path, overwrite: true);
        using var file = File.OpenWrite(Path);
        file.SetLength(512 << 20);
    }

    public string Path => System.IO.Path.Combine(folder, "state.img");

    /// <summary>The arguments that put it into a machine.</summary>
    public string[] Drive => ["-drive", $"file={Path},format=raw,if=virtio"];

    /// <summary>A file outside of the disk, for what is to be put on it.</summary>
    public string Outside(string name) => System.IO.Path.Combine(folder, name);

    /// <summary>Puts a file of <see cref="Outside"/> on the disk, without root and without mounting.</summary>
    public void Add(string name)
    {
        File.SetUnixFileMode(Outside(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var said = Debug("-w", "-R", $"write {name} {name}");
        if (!Debug("-R", $"stat {name}").Output.Contains("Type: regular", StringComparison.Ordinal))
            throw new InvalidOperationException($"{name} is not on the disk: {said}");
    }

    public void AddText(string name, string text)
    {
        File.WriteAllText(Outside(name), text);
        Add(name);
    }

    /// <summary>The names of the files in a folder of the disk, in their order.</summary>
    public IReadOnlyList<string> FilesIn(string name) =>
        [.. Debug("-R", $"ls -p {name}").Output.Split('\n').Select(line => line.Split('/')).Where(fields => fields.Length > 5 && fields[5] is not ("." or "..")).Select(fields => fields[5]).Order(StringComparer.Ordinal)];

    /// <summary>What a file of the disk holds.</summary>
    public string Read(string name) => Debug("-R", $"cat {name}").Output;

    /// <summary>Looks for damage, changes nothing.</summary>
    public ToolResult Check() => Tool.Run("sh", ["-c", "PATH=$PATH:/sbin:/usr/sbin e2fsck -fn state.img"], folder);

    private ToolResult Debug(params string[] arguments) => Tool.Run("sh", ["-c", "PATH=$PATH:/sbin:/usr/sbin exec debugfs \"$@\" state.img", "debugfs", .. arguments], folder);
}
