using System.Text;
using Riad.Core;

namespace Riad.Dns.Records.Fields;

/// <summary>A set of record types: windows of 256, each a number, a length of 1 to 32, and bits.</summary>
/// <remarks>Source: RFC 4034 §4.1.2. Windows ascend, none is empty, and no bitmap ends in a zero octet.</remarks>
internal static class TypeBitmapField
{
    private const int MaxBitmap = 32;

    public static void Validate(ref WireReader reader, bool allowEmpty)
    {
        if (reader.Remaining == 0 && !allowEmpty)
            reader.Fail(WireFault.Truncated);
        for (var previous = -1; reader is { Remaining: > 0, Failed: false };)
        {
            int window = reader.ReadByte();
            int length = reader.ReadByte();
            if (window <= previous || length is 0 or > MaxBitmap)
                reader.Fail(WireFault.Malformed);
            if (reader.ReadOctets(length) is [.., 0])
                reader.Fail(WireFault.Malformed);
            previous = window;
        }
    }

    public static void Parse(ref RdataTextReader reader, bool allowEmpty)
    {
        if (reader.AtEnd && !allowEmpty)
            reader.Take(RdataFault.TypeCode);
        var count = reader.Remaining;
        if (count == 0)
            return;
        Span<ushort> codes = count <= 256 ? stackalloc ushort[count] : new ushort[count];
        foreach (ref var code in codes)
        {
            if (!RrTypes.TryParseCode(reader.Take(RdataFault.TypeCode), out code))
                reader.Fail(RdataFault.TypeCode);
        }
        codes.Sort();
        if (!reader.Failed)
            Write(codes, ref reader.Output);
    }

    public static void Print(ref WireReader reader, StringBuilder output)
    {
        var first = true;
        foreach (var code in Read(ref reader))
        {
            output.Append(first ? "" : " ").Append(RrTypes.Print(code));
            first = false;
        }
    }

    /// <summary>Reads the codes, ascending.</summary>
    public static Seq<ushort> Read(ref WireReader reader)
    {
        var codes = new List<ushort>();
        while (reader is { Remaining: > 0, Failed: false })
        {
            int window = reader.ReadByte();
            var bitmap = reader.ReadOctets(reader.ReadByte());
            for (var bit = 0; bit < bitmap.Length * 8; bit++)
            {
                if ((bitmap[bit / 8] & 0x80 >> (bit % 8)) != 0)
                    codes.Add((ushort)(window << 8 | bit));
            }
        }
        return codes.ToSeq();
    }

    /// <summary>Writes the windows of codes that ascend; a code may stand there twice.</summary>
    public static void Write(scoped ReadOnlySpan<ushort> codes, ref WireWriter output)
    {
        Span<byte> bitmap = stackalloc byte[MaxBitmap];
        while (!codes.IsEmpty)
        {
            var window = codes[0] >> 8;
            var length = 0;
            bitmap.Clear();
            for (; !codes.IsEmpty && codes[0] >> 8 == window; codes = codes[1..])
            {
                var bit = codes[0] & 255;
                bitmap[bit / 8] |= (byte)(0x80 >> (bit % 8));
                length = (bit / 8) + 1;
            }
            output.WriteByte((byte)window);
            output.WriteByte((byte)length);
            output.WriteOctets(bitmap[..length]);
        }
    }
}
