using System.Text;
using Riad.Git.Objects;

namespace Riad.Git.Io.References;

/// <summary>The file <c>packed-refs</c>: refs that have no file of their own.</summary>
/// <remarks>Source: gitrepository-layout(5).</remarks>
internal static class PackedRefs
{
    private const int NameStart = ObjectId.HexLength + 1;

    /// <summary>Reads the file.</summary>
    /// <returns>Empty when there is none.</returns>
    public static SortedDictionary<string, PackedRef> Read(string path)
    {
        var refs = new SortedDictionary<string, PackedRef>(StringComparer.Ordinal);
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (FileNotFoundException)
        {
            return refs;
        }
        string? last = null;
        foreach (var line in lines)
        {
            if (line.StartsWith('^') && last is not null && ObjectId.TryParse(line.AsSpan(1), out var peeled))
                refs[last] = refs[last] with { Peeled = peeled };
            else if (line.Length > NameStart && ObjectId.TryParse(line.AsSpan(0, ObjectId.HexLength), out var id))
                refs[last = line[NameStart..]] = new(id, ObjectId.Zero);
        }
        return refs;
    }

    /// <summary>The file that holds these refs.</summary>
    public static byte[] Write(SortedDictionary<string, PackedRef> refs)
    {
        // Not "fully-peeled": what this side never peeled, git peels by itself.
        var text = new StringBuilder("# pack-refs with: peeled sorted \n");
        foreach (var (name, packed) in refs)
        {
            text.Append(packed.Id).Append(' ').Append(name).Append('\n');
            if (!packed.Peeled.IsZero)
                text.Append('^').Append(packed.Peeled).Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}

/// <summary>What a packed ref names.</summary>
internal readonly record struct PackedRef(ObjectId Id, ObjectId Peeled);
