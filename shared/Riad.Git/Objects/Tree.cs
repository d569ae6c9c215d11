using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Riad.Git.Objects;

/// <summary>A folder.</summary>
/// <remarks>Immutable. Keeps its exact octets. Source: gitformat of trees as git-mktree(1) writes it.</remarks>
public sealed class Tree
{
    private Tree(ReadOnlyMemory<byte> octets, ImmutableArray<TreeEntry> entries) => (Octets, Entries) = (octets, entries);

    /// <summary>The folder without entries.</summary>
    public static Tree Empty { get; } = new(default, []);

    /// <summary>The entries, in the order of the octets.</summary>
    public ImmutableArray<TreeEntry> Entries { get; }

    /// <summary>The exact content of the object.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>Makes a tree; the entries are put in order.</summary>
    /// <param name="entries">In any order.</param>
    /// <param name="tree">Null when false is returned.</param>
    /// <param name="error">A name that is not allowed or stands there twice, by <see cref="ObjectCheck"/>.</param>
    public static bool TryCreate(IEnumerable<TreeEntry> entries, [NotNullWhen(true)] out Tree? tree, out ObjectError error)
    {
        var sorted = entries.ToImmutableArray().Sort(TreeEntry.CompareInTree);
        var octets = new ArrayBufferWriter<byte>();
        foreach (var entry in sorted)
        {
            octets.Write(Encoding.ASCII.GetBytes(Convert.ToString((int)entry.Mode, 8)));
            octets.Write(" "u8);
            octets.Write(entry.NameOctets);
            octets.Write("\0"u8);
            entry.Id.WriteTo(octets.GetSpan(ObjectId.OctetCount));
            octets.Advance(ObjectId.OctetCount);
        }
        tree = new(octets.WrittenMemory, sorted);
        if (ObjectCheck.TryCheck(ObjectKind.Tree, octets.WrittenSpan, out error))
            return true;
        tree = null;
        return false;
    }

    /// <summary>Reads a tree from its content.</summary>
    /// <param name="content">Kept, not copied.</param>
    /// <param name="tree">Null when false is returned.</param>
    /// <param name="error">The first fault: <see cref="ObjectFault.BadTree"/> or <see cref="ObjectFault.BadFilemode"/>.</param>
    /// <remarks>Takes whatever git can read, for history is as it is; <see cref="ObjectCheck"/> is strict.</remarks>
    public static bool TryParse(ReadOnlyMemory<byte> content, [NotNullWhen(true)] out Tree? tree, out ObjectError error)
    {
        var entries = ImmutableArray.CreateBuilder<TreeEntry>();
        var reader = new TreeReader(content.Span);
        while (reader.TryNext(out var mode, out var name, out var id))
            entries.Add(new(Canonical(mode), content[name], id));
        error = reader.Error;
        tree = error.Fault is ObjectFault.None ? new(content, entries.DrainToImmutable()) : null;
        return tree is not null;
    }

    /// <summary>Finds an entry by name.</summary>
    /// <param name="name">Compared octet by octet, as UTF-8.</param>
    /// <returns>Null when there is none.</returns>
    public TreeEntry? Find(string name) => Find(Encoding.UTF8.GetBytes(name));

    /// <inheritdoc cref="Find(string)"/>
    public TreeEntry? Find(ReadOnlySpan<byte> name)
    {
        foreach (var entry in Entries)
        {
            if (entry.NameOctets.SequenceEqual(name))
                return entry;
        }
        return null;
    }

    /// <summary>As git ls-tree prints it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"tree of {Entries.Length} entries");

    /// <summary>What git takes an odd mode of an old repository for.</summary>
    private static EntryMode Canonical(int mode) => (mode & 0xF000) switch
    {
        0x8000 when mode == (int)EntryMode.GroupWritableFile => EntryMode.GroupWritableFile,
        0x8000 => (mode & 0x40) != 0 ? EntryMode.Executable : EntryMode.File,
        0xA000 => EntryMode.SymbolicLink,
        0x4000 => EntryMode.Directory,
        _ => EntryMode.Submodule,
    };
}
