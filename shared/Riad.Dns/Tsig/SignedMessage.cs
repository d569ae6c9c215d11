using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;

namespace Riad.Dns.Tsig;

/// <summary>A message, and the TSIG record that was found at its end.</summary>
/// <param name="Record">Null when there is none.</param>
/// <param name="Header">As it stands in the message, the TSIG record counted.</param>
/// <param name="Length">Octets of the message without the TSIG record.</param>
/// <param name="HasEdns">There is an OPT record.</param>
internal readonly record struct SignedMessage(TsigRecord? Record, Header Header, int Length, bool HasEdns)
{
    /// <summary>Looks for the TSIG record.</summary>
    /// <returns>False when the message cannot be read, or has a TSIG record that is malformed, one of several, or not the last of all records.</returns>
    /// <remarks>Source: RFC 8945 §5.1 and §4.2.</remarks>
    public static bool TryFind(ReadOnlySpan<byte> message, out SignedMessage found)
    {
        found = default;
        var reader = new MessageReader(message);
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        var hasEdns = false;
        TsigRecord? record = null;
        while (reader.TryReadQuestion(name, out _))
        {
        }
        var end = reader.Position;
        while (reader.TryReadRecord(name, out var view))
        {
            if (record is not null)
                return false;
            hasEdns |= view.Type == QueryTypes.Opt;
            if (view.Type != QueryTypes.Tsig)
            {
                end = reader.Position;
                continue;
            }
            if (view.Section is not Section.Additional || view.Class is not RecordClass.Any || view.Ttl != 0
                || !DomainName.TryCreate(name[..view.NameLength], out var keyName)
                || !TsigRecord.TryRead(keyName, reader.RdataOf(view), out record, out _))
                return false;
        }
        found = new(record, reader.Header, end, hasEdns);
        return reader.TryFinish(out _);
    }

    /// <summary>The message as it was before it was signed, but with the id that it came with.</summary>
    public Octets Unsigned(ReadOnlySpan<byte> message)
    {
        if (Record is null)
            return new(message);
        var octets = message[..Length].ToArray();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(Header.Length - sizeof(ushort)), (ushort)(Header.Additionals - 1));
        return new(octets);
    }
}
