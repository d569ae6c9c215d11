using System.IO.Compression;
using System.Text;
using Riad.Git.Objects;

namespace Riad.Git.Io.Storage;

/// <summary>Objects in files of their own, below a folder for each first octet.</summary>
/// <remarks>Source: gitrepository-layout(5).</remarks>
internal sealed class LooseObjects(string folder)
{
    private const int LongestHeader = 32;

    public string PathOf(ObjectId id)
    {
        var hex = id.ToString();
        return Path.Combine(folder, hex[..2], hex[2..]);
    }

    public bool Contains(ObjectId id) => File.Exists(PathOf(id));

    public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content)
    {
        (kind, content) = (default, default);
        if (!TryOpen(id, out var zlib))
            return false;
        using (zlib)
        {
            if (!TryHeader(zlib, out kind, out var octets, out var begun) || octets > Array.MaxLength || begun.Length > octets)
                throw Damaged(id);
            var whole = GC.AllocateUninitializedArray<byte>((int)octets);
            begun.CopyTo(whole, 0);
            if (zlib.ReadAtLeast(whole.AsSpan(begun.Length), whole.Length - begun.Length, throwOnEndOfStream: false) != whole.Length - begun.Length || zlib.ReadByte() >= 0)
                throw Damaged(id);
            content = whole;
            return true;
        }
    }

    public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets)
    {
        (kind, octets) = (default, 0);
        if (!TryOpen(id, out var zlib))
            return false;
        using (zlib)
            return TryHeader(zlib, out kind, out octets, out _) ? true : throw Damaged(id);
    }

    /// <summary>All objects here, in no order.</summary>
    public IEnumerable<ObjectId> List()
    {
        for (var octet = 0; octet < 256; octet++)
        {
            var prefix = octet.ToString("x2", System.Globalization.CultureInfo.InvariantCulture);
            var path = Path.Combine(folder, prefix);
            if (!Directory.Exists(path))
                continue;
            foreach (var file in Directory.EnumerateFiles(path))
            {
                if (ObjectId.TryParse(prefix + Path.GetFileName(file), out var id))
                    yield return id;
            }
        }
    }

    private bool TryOpen(ObjectId id, out ZLibStream zlib)
    {
        zlib = null!;
        try
        {
            zlib = new(new MemoryStream(File.ReadAllBytes(PathOf(id))), CompressionMode.Decompress);
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static bool TryHeader(ZLibStream zlib, out ObjectKind kind, out long octets, out byte[] begun)
    {
        (kind, octets, begun) = (default, 0, []);
        var start = new byte[LongestHeader];
        int read;
        try
        {
            read = zlib.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            return false;
        }
        var end = Array.IndexOf(start, (byte)0, 0, read);
        var space = Array.IndexOf(start, (byte)' ', 0, Math.Max(0, end));
        if (space < 0 || !ObjectKinds.TryParse(start.AsSpan(0, space), out kind))
            return false;
        begun = start[(end + 1)..read];
        return long.TryParse(Encoding.ASCII.GetString(start, space + 1, end - space - 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out octets);
    }

    private RepositoryDamagedException Damaged(ObjectId id) => new($"{PathOf(id)} is damaged; 'git fsck' tells more");
}
