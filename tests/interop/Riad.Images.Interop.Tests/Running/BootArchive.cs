using System.Globalization;
using System.Text;
using Riad.Interop.Tests.Running;
using Riad.Net.Machine;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>What a machine starts from, read as the kernel and the first process read it.</summary>
internal sealed class BootArchive
{
    private const int HeaderLength = 110;

    private readonly string modules;

    private BootArchive(SortedDictionary<string, byte[]> unpacked, SortedDictionary<string, byte[]> files)
    {
        (Unpacked, Files) = (unpacked, files);
        modules = Path.GetDirectoryName(files.Keys.Single(path => path.EndsWith("/modules.dep", StringComparison.Ordinal)))!;
        Aliases = ModuleAliases.Read(Text("modules.alias"));
        Dependencies = ModuleDependencies.Read(Text("modules.dep"));
    }

    /// <summary>The regular files that the kernel unpacks, by path.</summary>
    public SortedDictionary<string, byte[]> Unpacked { get; }

    /// <summary>The regular files of the root that lies in one of them, by path.</summary>
    public SortedDictionary<string, byte[]> Files { get; }

    public ModuleAliases Aliases { get; }

    public ModuleDependencies Dependencies { get; }

    /// <summary>Reads an initramfs.</summary>
    /// <param name="path">The file.</param>
    public static BootArchive Read(string path)
    {
        var unpacked = ReadFiles(File.ReadAllBytes(path));
        var place = Directory.CreateTempSubdirectory("riad-root-");
        try
        {
            var (packed, root) = (Path.Combine(place.FullName, "packed"), Path.Combine(place.FullName, "root"));
            File.WriteAllBytes(packed, unpacked["root.squashfs"]);
            Tool.Run("unsquashfs", ["-no-progress", "-quiet", "-dest", root, packed], ".").MustSucceed();
            var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).LinkTarget is null);
            return new(unpacked, new(files.ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllBytes, StringComparer.Ordinal), StringComparer.Ordinal));
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    /// <summary>The places of modules with all that they need, in the order in which they can be loaded.</summary>
    public string[] PlacesOf(params string[] names) => [.. names.SelectMany(name => Dependencies.FilesFor(name)).Distinct(StringComparer.Ordinal).Select(file => $"/{modules}/{file}")];

    // Source: Linux, Documentation/driver-api/early-userspace/buffer-format.rst.
    private static SortedDictionary<string, byte[]> ReadFiles(byte[] archive)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        for (var at = 0; ;)
        {
            int Field(int index) => int.Parse(Encoding.ASCII.GetString(archive, at + 6 + (8 * index), 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var (mode, length, nameLength) = (Field(1), Field(6), Field(11));
            var name = Encoding.UTF8.GetString(archive, at + HeaderLength, nameLength - 1);
            if (name == "TRAILER!!!")
                return files;
            var content = Align(at + HeaderLength + nameLength);
            if ((mode & 0xF000) == 0x8000)
                files.Add(name, archive[content..(content + length)]);
            at = Align(content + length);
        }
    }

    private static int Align(int offset) => (offset + 3) / 4 * 4;

    private string Text(string name) => Encoding.ASCII.GetString(Files[$"{modules}/{name}"]);
}
