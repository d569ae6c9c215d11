using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Riad.Git.Objects;

namespace Riad.Git.Tests.Packs;

/// <summary>Makes packs octet by octet, good ones and bad ones, without the code under test.</summary>
internal sealed class PackBuilder
{
    private readonly List<byte> octets = [.. new byte[12]];
    private int count;

    public int Position => octets.Count;

    public static byte[] ZLib(ReadOnlySpan<byte> content)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(content);
        return output.ToArray();
    }

    public static byte[] DeltaOf(int baseOctets, int resultOctets, params byte[] instructions) => [.. Varint(baseOctets), .. Varint(resultOctets), .. instructions];

    public PackBuilder Add(int kind, long declared, ReadOnlySpan<byte> between, ReadOnlySpan<byte> compressed)
    {
        var rest = declared >> 4;
        octets.Add((byte)((kind << 4) | (int)(declared & 15) | (rest > 0 ? 0x80 : 0)));
        for (; rest > 0; rest >>= 7)
            octets.Add((byte)((rest & 0x7F) | (rest > 0x7F ? 0x80u : 0)));
        octets.AddRange(between);
        octets.AddRange(compressed);
        count++;
        return this;
    }

    public PackBuilder Blob(ReadOnlySpan<byte> content) => Add(3, content.Length, [], ZLib(content));

    public PackBuilder Tree(ReadOnlySpan<byte> content) => Add(2, content.Length, [], ZLib(content));

    /// <summary>A delta on an entry less than 128 octets before.</summary>
    public PackBuilder Near(int baseOffset, ReadOnlySpan<byte> delta) => Add(6, delta.Length, [checked((byte)(Position - baseOffset))], ZLib(delta));

    public PackBuilder Delta(ObjectId baseId, ReadOnlySpan<byte> delta)
    {
        var id = new byte[20];
        baseId.WriteTo(id);
        return Add(7, delta.Length, id, ZLib(delta));
    }

    public PackBuilder Raw(ReadOnlySpan<byte> raw)
    {
        octets.AddRange(raw);
        return this;
    }

    public byte[] Build(uint? declaredCount = null, uint version = 2)
    {
        var pack = octets.ToArray();
        "PACK"u8.CopyTo(pack);
        BinaryPrimitives.WriteUInt32BigEndian(pack.AsSpan(4), version);
        BinaryPrimitives.WriteUInt32BigEndian(pack.AsSpan(8), declaredCount ?? (uint)count);
#pragma warning disable CA5350 // the format says so
        return [.. pack, .. SHA1.HashData(pack)];
#pragma warning restore CA5350
    }

    private static byte[] Varint(int value)
    {
        var varint = new List<byte>();
        for (; value > 0x7F; value >>= 7)
            varint.Add((byte)(value | 0x80));
        varint.Add((byte)value);
        return [.. varint];
    }
}
