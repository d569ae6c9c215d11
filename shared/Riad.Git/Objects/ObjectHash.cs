using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace Riad.Git.Objects;

/// <summary>Computes ids and pack checksums piece by piece.</summary>
/// <remarks>
/// Mutable, one owner. SHA-1 names objects because the format says so, not because it is trusted: a received object whose
/// id exists already is compared octet by octet. Source: gitformat-pack(5).
/// </remarks>
[SuppressMessage("Security", "CA5350", Justification = "the object format prescribes SHA-1")]
public sealed class ObjectHash : IDisposable
{
    private const int OneShotLimit = 1024;
    private const int HeaderLimit = 32;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);

    /// <summary>The id of an object.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="content">Its content without the header.</param>
    public static ObjectId Compute(ObjectKind kind, ReadOnlySpan<byte> content)
    {
        if (content.Length > OneShotLimit)
        {
            using var longer = new ObjectHash();
            return longer.ComputeNext(kind, content);
        }
        Span<byte> whole = stackalloc byte[HeaderLimit + OneShotLimit];
        var headerLength = WriteHeader(kind, content.Length, whole);
        content.CopyTo(whole[headerLength..]);
        Span<byte> digest = stackalloc byte[ObjectId.OctetCount];
        _ = SHA1.HashData(whole[..(headerLength + content.Length)], digest);
        return ObjectId.FromOctets(digest);
    }

    /// <summary>The id of an object, with this instance's state used again: for many objects in a row.</summary>
    public ObjectId ComputeNext(ObjectKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> header = stackalloc byte[HeaderLimit];
        hash.AppendData(header[..WriteHeader(kind, content.Length, header)]);
        hash.AppendData(content);
        return Finish();
    }

    /// <summary>Adds octets to what is hashed.</summary>
    public void Append(ReadOnlySpan<byte> octets) => hash.AppendData(octets);

    /// <summary>The hash of everything appended since the start or the last call.</summary>
    public ObjectId Finish()
    {
        Span<byte> digest = stackalloc byte[ObjectId.OctetCount];
        _ = hash.GetHashAndReset(digest);
        return ObjectId.FromOctets(digest);
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    /// <summary>Writes the header that stands before the content of an object: its kind, a space, its length and a zero.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="octets">The length of its content.</param>
    /// <param name="destination">At least 32 octets.</param>
    /// <returns>How many octets were written.</returns>
    public static int WriteHeader(ObjectKind kind, long octets, Span<byte> destination)
    {
        _ = Utf8.TryWrite(destination, CultureInfo.InvariantCulture, $"{System.Text.Encoding.ASCII.GetString(kind.Word())} {octets}\0", out var written);
        return written;
    }
}
