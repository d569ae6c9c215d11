using System.Buffers.Binary;

namespace Riad.Git.Packs;

/// <summary>The two checksums that .NET has no door to: Adler-32 of zlib and CRC-32 of pack indexes.</summary>
internal static class Checksums
{
    private const uint AdlerModulus = 65521;

    // The largest number of octets after which the sums still fit into 32 bits.
    private const int AdlerRun = 5552;

    private static readonly uint[] CrcTables = BuildCrcTables();

    /// <summary>Source: RFC 1950 §9.</summary>
    public static uint Adler32(ReadOnlySpan<byte> octets)
    {
        uint low = 1, high = 0;
        while (!octets.IsEmpty)
        {
            var run = octets[..Math.Min(AdlerRun, octets.Length)];
            octets = octets[run.Length..];
            while (run.Length >= 8)
            {
                var eight = BinaryPrimitives.ReadUInt64LittleEndian(run);
                uint a = (byte)eight, b = (byte)(eight >> 8), c = (byte)(eight >> 16), d = (byte)(eight >> 24);
                uint e = (byte)(eight >> 32), f = (byte)(eight >> 40), g = (byte)(eight >> 48), h = (byte)(eight >> 56);
                high += (8 * low) + (8 * a) + (7 * b) + (6 * c) + (5 * d) + (4 * e) + (3 * f) + (2 * g) + h;
                low += a + b + c + d + e + f + g + h;
                run = run[8..];
            }
            foreach (var octet in run)
            {
                low += octet;
                high += low;
            }
            (low, high) = (low % AdlerModulus, high % AdlerModulus);
        }
        return (high << 16) | low;
    }

    /// <summary>Source: RFC 1952 §8.</summary>
    public static uint Crc32(ReadOnlySpan<byte> octets) => ~Continue(uint.MaxValue, octets);

    /// <summary>CRC-32 of two pieces one after the other.</summary>
    public static uint Crc32Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Continue(Continue(uint.MaxValue, first), second);

    private static uint Continue(uint crc, ReadOnlySpan<byte> octets)
    {
        var tables = CrcTables;
        while (octets.Length >= 8)
        {
            var (one, two) = (BinaryPrimitives.ReadUInt32LittleEndian(octets) ^ crc, BinaryPrimitives.ReadUInt32LittleEndian(octets[4..]));
            crc = tables[0x700 + (byte)one] ^ tables[0x600 + (byte)(one >> 8)] ^ tables[0x500 + (byte)(one >> 16)] ^ tables[0x400 + (one >> 24)]
                ^ tables[0x300 + (byte)two] ^ tables[0x200 + (byte)(two >> 8)] ^ tables[0x100 + (byte)(two >> 16)] ^ tables[two >> 24];
            octets = octets[8..];
        }
        foreach (var octet in octets)
            crc = tables[(byte)(crc ^ octet)] ^ (crc >> 8);
        return crc;
    }

    private static uint[] BuildCrcTables()
    {
        var tables = new uint[8 * 256];
        for (uint index = 0; index < 256; index++)
        {
            var crc = index;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
            tables[index] = crc;
        }
        for (var index = 256; index < tables.Length; index++)
            tables[index] = tables[(byte)tables[index - 256]] ^ (tables[index - 256] >> 8);
        return tables;
    }
}
