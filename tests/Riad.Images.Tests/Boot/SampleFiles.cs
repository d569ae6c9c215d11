using System.Buffers.Binary;
using System.Text;

namespace Riad.Images.Tests.Boot;

/// <summary>Files as small as they can be.</summary>
internal static class SampleFiles
{
    /// <summary>An ELF file with a section of this name that holds these words.</summary>
    public static byte[] Module(string section, string words)
    {
        // header, the two sections' contents, a table of three: none, names, words
        var names = Encoding.ASCII.GetBytes($"\0{section}\0");
        var content = Encoding.ASCII.GetBytes(words);
        var table = 64 + names.Length + content.Length;
        var file = new byte[table + (3 * 64)];
        "\u007fELF"u8.CopyTo(file);
        (file[4], file[5]) = (2, 1);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(40), table);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(60), 3);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(62), 1);
        names.CopyTo(file, 64);
        content.CopyTo(file, 64 + names.Length);
        WriteSection(1, 0, 64, names.Length);
        WriteSection(2, 1, 64 + names.Length, content.Length);
        return file;

        void WriteSection(int index, int name, int offset, int length)
        {
            var entry = file.AsSpan(table + (index * 64));
            BinaryPrimitives.WriteInt32LittleEndian(entry, name);
            BinaryPrimitives.WriteInt64LittleEndian(entry[24..], offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[32..], length);
        }
    }

    /// <summary>A program for UEFI: headers of 0x400 octets, one section of 0x200 behind them.</summary>
    public static byte[] Program()
    {
        var file = new byte[0x600];
        "MZ"u8.CopyTo(file);
        file[0x3C] = 0x80;
        "PE\0\0"u8.CopyTo(file.AsSpan(0x80));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x84), 0x8664);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x86), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x94), 240);
        var optional = file.AsSpan(0x98);
        BinaryPrimitives.WriteUInt16LittleEndian(optional, 0x20b);
        BinaryPrimitives.WriteUInt32LittleEndian(optional[32..], 0x1000);
        BinaryPrimitives.WriteUInt32LittleEndian(optional[36..], 0x200);
        BinaryPrimitives.WriteUInt32LittleEndian(optional[56..], 0x2000);
        BinaryPrimitives.WriteUInt32LittleEndian(optional[60..], 0x400);
        BinaryPrimitives.WriteUInt32LittleEndian(optional[108..], 16);
        var section = file.AsSpan(0x98 + 240);
        ".text"u8.CopyTo(section);
        BinaryPrimitives.WriteUInt32LittleEndian(section[8..], 0x123);
        BinaryPrimitives.WriteUInt32LittleEndian(section[12..], 0x1000);
        BinaryPrimitives.WriteUInt32LittleEndian(section[16..], 0x200);
        BinaryPrimitives.WriteUInt32LittleEndian(section[20..], 0x400);
        return file;
    }
}
