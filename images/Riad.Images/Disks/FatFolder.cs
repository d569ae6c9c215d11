using System.Buffers.Binary;
using System.Text;
using Riad.Images.Trees;

namespace Riad.Images.Disks;

/// <summary>One folder of a FAT volume: names short and long.</summary>
/// <remarks>Source: Microsoft FAT32 File System Specification 1.03, "FAT Directory Structure" and "FAT Long Directory Entries".</remarks>
internal sealed class FatFolder
{
    public const int EntryLength = 32;

    private const int LettersInEntry = 13;

    private readonly SortedDictionary<string, ReadOnlyMemory<byte>> files = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, FatFolder> folders = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> Files => files;

    public IEnumerable<KeyValuePair<string, FatFolder>> Folders => folders;

    public static FatFolder Read(FileTree tree)
    {
        var root = new FatFolder();
        foreach (var (path, node) in tree.Nodes)
        {
            var (folder, steps) = (root, path.Split('/'));
            foreach (var step in steps[..^1])
                folder = folder.folders[step];
            switch (node)
            {
                case Node.Folder:
                    folder.folders.Add(steps[^1], new());
                    break;
                case Node.File(var content, _):
                    folder.files.Add(steps[^1], content);
                    break;
                default:
                    throw new ArgumentException($"FAT has no place for {path}", nameof(tree));
            }
        }
        return root;
    }

    /// <summary>How many entries it has, with the one that ends it.</summary>
    public int CountEntries(bool isRoot) => (isRoot ? 1 : 2) + files.Keys.Concat(folders.Keys).Sum(name => 1 + LongEntries(name)) + 1;

    private static bool IsShort(string name) =>
        name.Split('.') is [{ Length: > 0 and <= 8 }] or [{ Length: > 0 and <= 8 }, { Length: > 0 and <= 3 }]
        && name.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-' or '_');

    private static int LongEntries(string name) => IsShort(name) ? 0 : (name.Length + LettersInEntry - 1) / LettersInEntry;

    /// <summary>Writes entries, one behind the other.</summary>
    internal sealed class Writer(Memory<byte> room, DateTimeOffset time)
    {
        private const byte VolumeLabel = 8, Folder = 16, Archive = 32, LongName = 15;

        private readonly HashSet<string> taken = new(StringComparer.Ordinal);

        private int position;

        public void WriteLabel(string label) => Write(label.PadRight(11), VolumeLabel, 0, 0);

        public void WriteDots(int own, int parent)
        {
            Write(".".PadRight(11), Folder, own, 0);
            Write("..".PadRight(11), Folder, parent, 0);
        }

        public void WriteFile(string name, int cluster, int length) => WriteNamed(name, Archive, cluster, length);

        public void WriteFolder(string name, int cluster) => WriteNamed(name, Folder, cluster, 0);

        private void WriteNamed(string name, byte attributes, int cluster, int length)
        {
            var alias = Shorten(name);
            for (var part = LongEntries(name); part > 0; part--)
                WriteLongPart(name, part, Checksum(alias));
            Write(alias, attributes, cluster, length);
        }

        // Eleven letters, no dot. A long name is known by its first letters and a number.
        private string Shorten(string name)
        {
            var (stem, extension) = name.LastIndexOf('.') is > 0 and var dot ? (name[..dot], name[(dot + 1)..]) : (name, "");
            // Firmware in a chip looks for BOOTCODE.BIN and knows no long names.
            var capital = name.ToUpperInvariant();
            if (IsShort(capital) && taken.Add(capital))
                return stem.ToUpperInvariant().PadRight(8) + extension.ToUpperInvariant().PadRight(3);

            var (letters, end) = (Plain(stem), Plain(extension));
            for (var number = 1; ; number++)
            {
                var tail = $"~{number}";
                var alias = (letters[..Math.Min(letters.Length, 8 - tail.Length)] + tail).PadRight(8) + end[..Math.Min(end.Length, 3)].PadRight(3);
                if (taken.Add(alias))
                    return alias;
            }
        }

        private static string Plain(string name) => new([.. name.ToUpperInvariant().Where(letter => letter is not ('.' or ' ')).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_')]);

        private static byte Checksum(string alias) => alias.Aggregate((byte)0, (sum, letter) => unchecked((byte)(((sum & 1) << 7) + (sum >> 1) + letter)));

        private void WriteLongPart(string name, int part, byte checksum)
        {
            ReadOnlySpan<int> places = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];
            var entry = Next();
            entry[0] = (byte)(part == LongEntries(name) ? 0x40 | part : part);
            (entry[11], entry[13]) = (LongName, checksum);
            for (var index = 0; index < LettersInEntry; index++)
            {
                var letter = ((part - 1) * LettersInEntry) + index;
                // One zero ends a name that does not fill its last entry; behind it everything is set.
                var code = letter < name.Length ? name[letter] : letter == name.Length ? 0 : 0xFFFF;
                BinaryPrimitives.WriteUInt16LittleEndian(entry[places[index]..], (ushort)code);
            }
        }

        private void Write(string alias, byte attributes, int cluster, int length)
        {
            var entry = Next();
            Encoding.ASCII.GetBytes(alias, entry);
            entry[11] = attributes;
            var date = (ushort)(((time.UtcDateTime.Year - 1980) << 9) | (time.UtcDateTime.Month << 5) | time.UtcDateTime.Day);
            var clock = (ushort)((time.UtcDateTime.Hour << 11) | (time.UtcDateTime.Minute << 5) | (time.UtcDateTime.Second / 2));
            BinaryPrimitives.WriteUInt16LittleEndian(entry[14..], clock);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[16..], date);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[18..], date);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[20..], (ushort)(cluster >> 16));
            BinaryPrimitives.WriteUInt16LittleEndian(entry[22..], clock);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[24..], date);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[26..], (ushort)cluster);
            BinaryPrimitives.WriteInt32LittleEndian(entry[28..], length);
        }

        private Span<byte> Next()
        {
            var entry = room.Span.Slice(position, EntryLength);
            position += EntryLength;
            return entry;
        }
    }
}
