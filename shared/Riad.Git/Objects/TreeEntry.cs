using System.Text;

namespace Riad.Git.Objects;

/// <summary>What an entry of a tree is. The values are the modes that git writes.</summary>
public enum EntryMode
{
    /// <summary>A folder: the id of a tree.</summary>
    Directory = 0x4000, // 040000

    /// <summary>A file.</summary>
    File = 0x81A4, // 100644

    /// <summary>A file as the first versions of git wrote it.</summary>
    GroupWritableFile = 0x81B4, // 100664

    /// <summary>A file that may be run.</summary>
    Executable = 0x81ED, // 100755

    /// <summary>A symbolic link: a blob with the path it points to.</summary>
    SymbolicLink = 0xA000, // 120000

    /// <summary>A commit of another repository.</summary>
    Submodule = 0xE000, // 160000
}

/// <summary>One name in a tree.</summary>
/// <remarks>Names are octets; most are UTF-8. Trees order their entries as if a folder's name ended in <c>/</c>.</remarks>
public sealed class TreeEntry : IEquatable<TreeEntry>
{
    private readonly ReadOnlyMemory<byte> name;

    internal TreeEntry(EntryMode mode, ReadOnlyMemory<byte> name, ObjectId id) => (Mode, this.name, Id) = (mode, name, id);

    /// <summary>What the entry is.</summary>
    public EntryMode Mode { get; }

    /// <summary>The tree, blob or commit.</summary>
    public ObjectId Id { get; }

    /// <summary>The name's octets: not empty, without zero and <c>/</c> in a checked tree.</summary>
    public ReadOnlySpan<byte> NameOctets => name.Span;

    /// <summary>The name; octets that are not UTF-8 appear as U+FFFD.</summary>
    public string Name => Encoding.UTF8.GetString(name.Span);

    /// <summary>True for a folder.</summary>
    public bool IsDirectory => Mode is EntryMode.Directory;

    /// <summary>True for a file with content: not a folder, link or submodule.</summary>
    public bool IsFile => Mode is EntryMode.File or EntryMode.Executable or EntryMode.GroupWritableFile;

    /// <summary>Makes an entry. Whether its name is allowed is checked where it is put into a tree.</summary>
    public static TreeEntry Create(EntryMode mode, string name, ObjectId id) => new(mode, Encoding.UTF8.GetBytes(name), id);

    /// <summary>Compares in the order of a tree.</summary>
    public static int CompareInTree(TreeEntry left, TreeEntry right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return CompareInTree(left.NameOctets, left.IsDirectory, right.NameOctets, right.IsDirectory);
    }

    /// <inheritdoc/>
    public bool Equals(TreeEntry? other) => other is not null && Mode == other.Mode && Id == other.Id && NameOctets.SequenceEqual(other.NameOctets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TreeEntry);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>Mode, id and name.</summary>
    public override string ToString() => $"{Convert.ToString((int)Mode, 8).PadLeft(6, '0')} {Id} {Name}";

    internal static int CompareInTree(ReadOnlySpan<byte> left, bool leftIsDirectory, ReadOnlySpan<byte> right, bool rightIsDirectory)
    {
        var common = Math.Min(left.Length, right.Length);
        var order = left[..common].SequenceCompareTo(right[..common]);
        if (order != 0)
            return order;
        return Next(left, common, leftIsDirectory) - Next(right, common, rightIsDirectory);
    }

    private static int Next(ReadOnlySpan<byte> name, int index, bool isDirectory)
    {
        if (index < name.Length)
            return name[index];
        return isDirectory ? '/' : 0;
    }
}
