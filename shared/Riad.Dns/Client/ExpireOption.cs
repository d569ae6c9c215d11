using System.Buffers.Binary;
using Riad.Dns.Messages;
using Riad.Dns.Names;

namespace Riad.Dns.Client;

/// <summary>How long a zone still lives at who is asked.</summary>
/// <remarks>Source: RFC 7314 §2.</remarks>
internal static class ExpireOption
{
    /// <summary>The option in a question: a code, and no value.</summary>
    public static ReadOnlySpan<byte> Question => [0, (byte)EdnsOptionCode.Expire, 0, 0];

    /// <summary>Finds the option in an answer.</summary>
    /// <param name="message">Any octets, verified where there is a key.</param>
    /// <param name="left">Until the zone expires.</param>
    /// <returns>False when there is none, or the message cannot be read.</returns>
    public static bool TryFind(ReadOnlySpan<byte> message, out TimeSpan left)
    {
        left = default;
        var reader = new MessageReader(message);
        if (reader.Header.Additionals == 0)
            return false;
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        while (reader.TryReadRecord(name, out var record))
        {
            if (record.Section is Section.Additional && record.Type == QueryTypes.Opt)
                return TryRead(reader.RdataOf(record), out left);
        }
        return false;
    }

    private static bool TryRead(ReadOnlySpan<byte> options, out TimeSpan left)
    {
        var reader = new EdnsOptionReader(options);
        while (reader.TryRead(out var code, out var value))
        {
            if (code is EdnsOptionCode.Expire && value.Length == sizeof(uint))
            {
                left = TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(value));
                return true;
            }
        }
        left = default;
        return false;
    }
}
