using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Core;

namespace Riad.Images.Boot;

/// <summary>What a kernel module says about itself.</summary>
/// <param name="Path">Below /lib/modules/VERSION, such as <c>kernel/drivers/net/virtio_net.ko</c>.</param>
/// <param name="Name">The kernel's name for it: the file's, with underscores.</param>
/// <param name="Needs">The modules that must be loaded before.</param>
/// <param name="Aliases">Patterns of the devices that it drives.</param>
public sealed record KernelModule(string Path, string Name, Seq<string> Needs, Seq<string> Aliases)
{
    private const int HeaderLength = 64, SectionLength = 64;

    /// <summary>What should be loaded before, if there is such a thing: names of modules, or aliases that several may have.</summary>
    /// <remarks>Source: modprobe.d(5), "softdep". A file system names the checksum so that it asks the kernel for by name.</remarks>
    public Seq<string> SoftNeeds { get; init; } = [];

    /// <summary>Reads a module's own words: the section .modinfo of an ELF file for a machine of 64 bits, low octets first.</summary>
    /// <param name="path">Below /lib/modules/VERSION.</param>
    /// <param name="file">The whole file, not compressed.</param>
    /// <param name="module">What it says.</param>
    /// <returns>False for anything else.</returns>
    public static bool TryRead(string path, ReadOnlySpan<byte> file, [NotNullWhen(true)] out KernelModule? module)
    {
        module = null;
        if (!TryFindSection(file, ".modinfo"u8, out var words))
            return false;

        var (needs, softNeeds, aliases) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var range in words.Split((byte)0))
        {
            var word = Encoding.UTF8.GetString(words[range]);
            if (word.StartsWith("depends=", StringComparison.Ordinal))
                needs.AddRange(word[8..].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(NameOf));
            else if (word.StartsWith("softdep=pre:", StringComparison.Ordinal))
                softNeeds.AddRange(word[12..].Split("post:")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            else if (word.StartsWith("alias=", StringComparison.Ordinal))
                aliases.Add(word[6..]);
        }
        module = new(path, NameOf(System.IO.Path.GetFileNameWithoutExtension(path)), [.. needs], [.. aliases]) { SoftNeeds = [.. softNeeds] };
        return true;
    }

    /// <summary>The kernel writes the names of modules with underscores, files have hyphens too.</summary>
    public static string NameOf(string name) => name.Replace('-', '_');

    private static bool TryFindSection(ReadOnlySpan<byte> file, ReadOnlySpan<byte> wanted, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (file.Length < HeaderLength || !file.StartsWith("\u007fELF"u8) || file[4] != 2 || file[5] != 1)
            return false;
        var table = BinaryPrimitives.ReadUInt64LittleEndian(file[40..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(file[60..]);
        var names = BinaryPrimitives.ReadUInt16LittleEndian(file[62..]);
        if (table > (ulong)file.Length || (ulong)count * SectionLength > (ulong)file.Length - table || names >= count)
            return false;

        var sections = file.Slice((int)table, count * SectionLength);
        if (!TryReadSection(file, sections[(names * SectionLength)..], out var text))
            return false;
        for (var index = 0; index < count; index++)
        {
            var section = sections[(index * SectionLength)..];
            var name = BinaryPrimitives.ReadUInt32LittleEndian(section);
            if (name < text.Length && text[(int)name..].StartsWith(wanted) && text[((int)name + wanted.Length)..] is [0, ..])
                return TryReadSection(file, section, out content);
        }
        return false;
    }

    private static bool TryReadSection(ReadOnlySpan<byte> file, ReadOnlySpan<byte> section, out ReadOnlySpan<byte> content)
    {
        content = default;
        var offset = BinaryPrimitives.ReadUInt64LittleEndian(section[24..]);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(section[32..]);
        if (offset > (ulong)file.Length || length > (ulong)file.Length - offset)
            return false;
        content = file.Slice((int)offset, (int)length);
        return true;
    }
}
