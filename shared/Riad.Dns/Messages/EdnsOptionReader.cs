using Riad.Core;

namespace Riad.Dns.Messages;

/// <summary>Goes through the options of an OPT record.</summary>
/// <remarks>Source: RFC 6891 §6.1.2.</remarks>
public ref struct EdnsOptionReader
{
    private WireReader reader;

    /// <summary>Starts at the first option.</summary>
    /// <param name="rdata">The OPT record's data.</param>
    public EdnsOptionReader(ReadOnlySpan<byte> rdata) => reader = new(rdata);

    /// <summary>True when every option was read, and each was whole.</summary>
    public readonly bool IsAtEnd => !reader.Failed && reader.Remaining == 0;

    /// <summary>Reads the next option; false at the end, or when it is cut off.</summary>
    public bool TryRead(out EdnsOptionCode code, out ReadOnlySpan<byte> value)
    {
        code = EdnsOptionCode.None;
        value = default;
        if (reader.Remaining == 0 || reader.Failed)
            return false;
        code = (EdnsOptionCode)reader.ReadUInt16();
        value = reader.ReadOctets(reader.ReadUInt16());
        return !reader.Failed;
    }
}
