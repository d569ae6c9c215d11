using Riad.Core;

namespace Riad.Dns.Messages;

/// <summary>Writes options one behind the other, for the data of an OPT record. Allocates nothing.</summary>
/// <remarks>Source: RFC 6891 §6.1.2. What does not fit is left out whole.</remarks>
public ref struct EdnsOptionWriter
{
    private const int HeadLength = 4;

    private WireWriter writer;

    /// <summary>Starts at the first octet of <paramref name="buffer"/>.</summary>
    public EdnsOptionWriter(Span<byte> buffer) => writer = new(buffer);

    /// <summary>The options so far: the data of the record.</summary>
    public readonly ReadOnlySpan<byte> Written => writer.Written;

    /// <summary>Writes an option with this value; false when it does not fit.</summary>
    public bool TryWrite(EdnsOptionCode code, scoped ReadOnlySpan<byte> value)
    {
        if (!TryBegin(code, value.Length))
            return false;
        writer.WriteOctets(value);
        return true;
    }

    /// <summary>Writes why an answer is as it is.</summary>
    /// <param name="code">The reason.</param>
    /// <param name="text">For people, in ASCII or UTF-8; may be empty.</param>
    /// <remarks>Source: RFC 8914 §2.</remarks>
    public bool TryWriteExtendedError(ExtendedErrorCode code, scoped ReadOnlySpan<byte> text)
    {
        if (!TryBegin(EdnsOptionCode.ExtendedError, text.Length + 2))
            return false;
        writer.WriteUInt16((ushort)code);
        writer.WriteOctets(text);
        return true;
    }

    /// <summary>Writes how long a TCP connection may stay idle.</summary>
    /// <param name="timeout">In units of 100 milliseconds.</param>
    /// <remarks>Source: RFC 7828 §3.1.</remarks>
    public bool TryWriteTcpKeepalive(ushort timeout)
    {
        if (!TryBegin(EdnsOptionCode.TcpKeepalive, 2))
            return false;
        writer.WriteUInt16(timeout);
        return true;
    }

    /// <summary>Writes zeros.</summary>
    /// <param name="octets">How many, the option's own four not counted.</param>
    /// <remarks>Source: RFC 7830 §3.</remarks>
    public bool TryWritePadding(int octets)
    {
        if (!TryBegin(EdnsOptionCode.Padding, octets))
            return false;
        writer.Reserve(octets).Clear();
        return true;
    }

    private bool TryBegin(EdnsOptionCode code, int length)
    {
        if (length is < 0 or > ushort.MaxValue || writer.Room < HeadLength + length)
            return false;
        writer.WriteUInt16((ushort)code);
        writer.WriteUInt16((ushort)length);
        return true;
    }
}
