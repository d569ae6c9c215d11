using System.Buffers;
using System.Text;

namespace Riad.Git.Protocol;

/// <summary>Writes pkt-lines.</summary>
/// <param name="output">Takes the octets.</param>
/// <remarks>Source: gitprotocol-common, "pkt-line Format".</remarks>
public readonly struct PktLineWriter(IBufferWriter<byte> output)
{
    private const int PrefixOctets = 4;

    /// <summary>Takes the octets.</summary>
    public IBufferWriter<byte> Output => output;

    /// <summary>Writes <c>0000</c>.</summary>
    public void WriteFlush() => output.Write("0000"u8);

    /// <summary>Writes <c>0001</c>.</summary>
    public void WriteDelimiter() => output.Write("0001"u8);

    /// <summary>Writes a line of text as UTF-8, with a newline after it.</summary>
    /// <param name="line">At most 65515 octets as UTF-8; what is longer is cut off between two characters.</param>
    public void WriteText(string line)
    {
        const int maxOctets = PktLineReader.MaxPayloadOctets - 1;
        var space = output.GetSpan(PrefixOctets + Math.Min(Encoding.UTF8.GetMaxByteCount(line.Length), maxOctets) + 1);
        var payload = space[PrefixOctets..];
        Encoding.UTF8.GetEncoder().Convert(line, payload[..Math.Min(maxOctets, payload.Length - 1)], flush: true, out _, out var written, out _);
        payload[written] = (byte)'\n';
        WriteLength(space, PrefixOctets + written + 1);
        output.Advance(PrefixOctets + written + 1);
    }

    /// <summary>Writes a line of octets as they are.</summary>
    /// <param name="payload">At most 65516 octets.</param>
    /// <exception cref="ArgumentOutOfRangeException">The payload is longer than a line can be.</exception>
    public void WriteOctets(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > PktLineReader.MaxPayloadOctets)
            throw new ArgumentOutOfRangeException(nameof(payload));
        var space = output.GetSpan(PrefixOctets + payload.Length);
        WriteLength(space, PrefixOctets + payload.Length);
        payload.CopyTo(space[PrefixOctets..]);
        output.Advance(PrefixOctets + payload.Length);
    }

    /// <summary>Writes the four digits in front of a line.</summary>
    /// <param name="space">At least four octets.</param>
    /// <param name="lineOctets">The length of the line, these four octets included: at most 65520.</param>
    public static void WriteLength(Span<byte> space, int lineOctets)
    {
        var digits = "0123456789abcdef"u8;
        for (var index = 0; index < PrefixOctets; index++)
            space[index] = digits[(lineOctets >> (12 - 4 * index)) & 15];
    }
}
