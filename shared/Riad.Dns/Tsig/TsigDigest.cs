using System.Buffers.Binary;
using System.Security.Cryptography;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;

namespace Riad.Dns.Tsig;

/// <summary>Takes what is signed, piece by piece, and gives the MAC.</summary>
/// <remarks>Source: RFC 8945 §4.3.</remarks>
internal sealed class TsigDigest : IDisposable
{
    /// <summary>Octets of the longest MAC.</summary>
    public const int MaxMacLength = 64;

    private readonly IncrementalHash? hash; // null for SHA-224
    private readonly HmacSha224? hash224;

    public TsigDigest(TsigKey key)
    {
        Key = key;
        if (key.Algorithm == TsigAlgorithm.HmacSha224)
            hash224 = new(key.Secret.Span);
        else
            hash = IncrementalHash.CreateHMAC(NameOf(key.Algorithm), key.Secret.Span);
    }

    public TsigKey Key { get; }

    public void Dispose() => hash?.Dispose();

    /// <summary>The MAC of the request, or of the message before: its length, then itself.</summary>
    public void AppendMac(ReadOnlySpan<byte> mac)
    {
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)mac.Length);
        Append(length);
        Append(mac);
    }

    /// <summary>A message without its TSIG record, with the id that it was signed with.</summary>
    /// <param name="message">At least a header.</param>
    /// <param name="id">The original id.</param>
    /// <param name="additionals">How many additional records there are without the TSIG record.</param>
    public void AppendMessage(ReadOnlySpan<byte> message, ushort id, ushort additionals)
    {
        const int AdditionalsAt = Header.Length - sizeof(ushort);
        Span<byte> header = stackalloc byte[Header.Length];
        message[..Header.Length].CopyTo(header);
        BinaryPrimitives.WriteUInt16BigEndian(header, id);
        BinaryPrimitives.WriteUInt16BigEndian(header[AdditionalsAt..], additionals);
        Append(header);
        Append(message[Header.Length..]);
    }

    /// <summary>A message without TSIG record, between two that have one.</summary>
    public void AppendUnsigned(ReadOnlySpan<byte> message) => Append(message);

    /// <summary>What of the TSIG record is signed in a request and in the first message of an answer.</summary>
    public void AppendVariables(TsigRecord record)
    {
        Span<byte> buffer = stackalloc byte[(2 * NameOctets.MaxLength) + 32];
        var writer = new WireWriter(buffer);
        NameOctets.CopyLower(record.KeyName.Wire, writer.Reserve(record.KeyName.Wire.Length));
        writer.WriteUInt16((ushort)RecordClass.Any);
        writer.WriteUInt32(0);
        NameOctets.CopyLower(record.Algorithm.Wire, writer.Reserve(record.Algorithm.Wire.Length));
        record.WriteTimers(ref writer);
        writer.WriteUInt16((ushort)record.Error);
        writer.WriteUInt16((ushort)record.Other.Length);
        Append(writer.Written);
        Append(record.Other.Span);
    }

    /// <summary>What of the TSIG record is signed in the messages of an answer behind the first.</summary>
    public void AppendTimers(TsigRecord record)
    {
        Span<byte> buffer = stackalloc byte[TsigRecord.TimeLength + sizeof(ushort)];
        var writer = new WireWriter(buffer);
        record.WriteTimers(ref writer);
        Append(writer.Written);
    }

    /// <summary>Gives the MAC of everything appended, whole, and starts anew.</summary>
    public Octets Finish()
    {
        Span<byte> mac = stackalloc byte[MaxMacLength];
        Finish(mac);
        return new(mac[..Key.Algorithm.MacLength]);
    }

    /// <summary>Tells in constant time whether this is the MAC, or its beginning; starts anew.</summary>
    /// <param name="mac">Not longer than a whole MAC.</param>
    public bool IsMac(ReadOnlySpan<byte> mac)
    {
        Span<byte> calculated = stackalloc byte[MaxMacLength];
        Finish(calculated);
        return CryptographicOperations.FixedTimeEquals(calculated[..mac.Length], mac);
    }

    private void Append(ReadOnlySpan<byte> octets)
    {
        hash?.AppendData(octets);
        hash224?.Append(octets);
    }

    private void Finish(Span<byte> mac)
    {
        hash?.GetHashAndReset(mac);
        hash224?.Finish(mac);
    }

    private static HashAlgorithmName NameOf(TsigAlgorithm algorithm) => algorithm.Number switch
    {
        161 => HashAlgorithmName.SHA1,
        163 => HashAlgorithmName.SHA256,
        164 => HashAlgorithmName.SHA384,
        165 => HashAlgorithmName.SHA512,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
