using Riad.Core;

namespace Riad.Dns.Messages;

/// <summary>An OPT record as it stands in a message: what a server looks at for each query, without allocating.</summary>
/// <remarks>
/// <code>
/// owner        the root
/// class        the sender's UDP size
/// TTL          response code bits 11 to 4, version (8 bits each), DO (1 bit), zeros (15 bits)
/// data         options: code 16 bits, length 16 bits, value; and so on
/// </code>
/// Source: RFC 6891 §6.1.
/// </remarks>
public readonly ref struct EdnsView
{
    /// <summary>The smallest size that a sender may mean (RFC 6891 §6.2.3).</summary>
    public const ushort MinUdpSize = 512;

    private const uint DnssecOkBit = 0x8000;

    private EdnsView(RecordView record, ReadOnlySpan<byte> options)
    {
        UdpSize = Math.Max((ushort)record.Class, MinUdpSize);
        UpperResponseCode = (byte)(record.Ttl >> 24);
        Version = (byte)(record.Ttl >> 16);
        IsDnssecOk = (record.Ttl & DnssecOkBit) != 0;
        Options = options;
    }

    /// <summary>How long an answer over UDP the sender takes; at least 512.</summary>
    public ushort UdpSize { get; }

    /// <summary>The response code's upper eight bits.</summary>
    public byte UpperResponseCode { get; }

    /// <summary>0 is the only version there is.</summary>
    public byte Version { get; }

    /// <summary>DO: signatures are wanted.</summary>
    public bool IsDnssecOk { get; }

    /// <summary>The options' octets, each whole.</summary>
    public ReadOnlySpan<byte> Options { get; }

    /// <summary>Takes a record of type OPT.</summary>
    /// <param name="record">Its owner is the root (RFC 6891 §6.1.2).</param>
    /// <param name="rdata">Its data, as it stands in the message.</param>
    /// <param name="view">The default on failure.</param>
    /// <returns>False when the owner is not the root, or the options do not fill the data: the answer is FORMERR.</returns>
    public static bool TryCreate(RecordView record, ReadOnlySpan<byte> rdata, out EdnsView view)
    {
        var options = new EdnsOptionReader(rdata);
        while (options.TryRead(out _, out _))
        {
        }
        var good = options.IsAtEnd && record.NameLength == 1;
        view = good ? new(record, rdata) : default;
        return good;
    }

    /// <summary>Finds the first option of a code.</summary>
    public bool TryFind(EdnsOptionCode code, out ReadOnlySpan<byte> value)
    {
        var reader = new EdnsOptionReader(Options);
        while (reader.TryRead(out var found, out value))
        {
            if (found == code)
                return true;
        }
        return false;
    }
}
