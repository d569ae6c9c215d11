namespace Riad.Git.Protocol;

/// <summary>Reads pkt-lines front to back. After the first fault every read returns <see cref="PktLineKind.None"/> and moves nothing.</summary>
/// <param name="octets">Whole lines, or the front of a stream: a line that is not whole yet is the fault Truncated, and <see cref="Position"/> says where it starts.</param>
/// <remarks>Source: gitprotocol-common, "pkt-line Format".</remarks>
public ref struct PktLineReader(ReadOnlySpan<byte> octets)
{
    /// <summary>The longest line, its own four octets of length included.</summary>
    public const int MaxLineOctets = 65520;

    /// <summary>The longest payload of a line.</summary>
    public const int MaxPayloadOctets = MaxLineOctets - PrefixOctets;

    private const int PrefixOctets = 4;

    private readonly ReadOnlySpan<byte> octets = octets;

    /// <summary>Octets that whole lines took so far.</summary>
    public int Position { get; private set; }

    /// <summary>The first fault, if any.</summary>
    public PktLineError Error { get; private set; }

    /// <summary>Reads one line.</summary>
    /// <param name="payload">What a text line carries, a final newline included; empty for everything else.</param>
    /// <returns>None at the end of the octets and after a fault: <see cref="Error"/> tells which.</returns>
    public PktLineKind Read(out ReadOnlySpan<byte> payload)
    {
        payload = default;
        var rest = octets[Position..];
        if (Error.Fault is not PktLineFault.None || rest.IsEmpty)
            return PktLineKind.None;
        if (rest.Length < PrefixOctets)
            return Fail(PktLineFault.Truncated);
        if (!TryReadLength(rest, out var length))
            return Fail(PktLineFault.Length);
        if (length < PrefixOctets)
            return Mark(length);
        if (length > rest.Length)
            return Fail(PktLineFault.Truncated);
        payload = rest[PrefixOctets..length];
        Position += length;
        return PktLineKind.Text;
    }

    /// <summary>A payload without the one newline that a sender may put at its end.</summary>
    public static ReadOnlySpan<byte> WithoutNewline(ReadOnlySpan<byte> payload) => payload is [.. var line, (byte)'\n'] ? line : payload;

    private static bool TryReadLength(ReadOnlySpan<byte> prefix, out int length)
    {
        length = 0;
        foreach (var digit in prefix[..PrefixOctets])
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return false;
            length = (length << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }
        return length is not PrefixOctets - 1 and <= MaxLineOctets;
    }

    private PktLineKind Mark(int length)
    {
        Position += PrefixOctets;
        return length switch
        {
            0 => PktLineKind.Flush,
            1 => PktLineKind.Delimiter,
            _ => PktLineKind.ResponseEnd,
        };
    }

    private PktLineKind Fail(PktLineFault fault)
    {
        Error = new(fault, Position);
        return PktLineKind.None;
    }
}
