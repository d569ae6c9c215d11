using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records.Fields;

namespace Riad.Dns.Records;

/// <summary>Record data as octets: validation, decompression, names, canonical form. Allocates nothing.</summary>
public static class RdataWire
{
    /// <summary>The longest record data.</summary>
    public const int MaxLength = ushort.MaxValue;

    /// <summary>The most names that the data of any type holds: SOA and RP hold two.</summary>
    public const int MaxNames = 2;

    /// <summary>Tells whether uncompressed octets are data of a type.</summary>
    /// <param name="type">Tells the fields.</param>
    /// <param name="rdata">Anything.</param>
    /// <param name="error">The first fault, its offset counted from the start of the data; the default on success.</param>
    public static bool TryValidate(RrType type, ReadOnlySpan<byte> rdata, out WireError error)
    {
        var reader = new WireReader(rdata);
        foreach (var field in type.Shape.Fields)
            Validate(field, ref reader);
        return reader.TryFinish(out error);
    }

    /// <summary>Reads record data from a message: names expanded where a type's names may be compressed, and everything validated.</summary>
    /// <param name="type">Tells the fields.</param>
    /// <param name="reader">Narrowed to the data; stands at its end on success, and holds the fault otherwise.</param>
    /// <param name="output">Receives the octets; data that does not fit is the fault Malformed.</param>
    /// <param name="length">Octets written; 0 on failure.</param>
    /// <remarks>Source: RFC 3597 §4. A pointer in a type that may not hold one is the fault Malformed.</remarks>
    public static bool TryDecompress(RrType type, ref WireReader reader, scoped Span<byte> output, out int length)
    {
        length = 0;
        foreach (var field in type.Shape.Fields)
        {
            var start = reader.Position;
            if (field is RdataField.CompressedName or RdataField.ExpandedName)
                length += Expand(ref reader, output[length..]);
            else
            {
                Validate(field, ref reader);
                length += Copy(ref reader, start, output[length..]);
            }
        }
        if (reader.TryFinish(out _))
            return true;
        length = 0;
        return false;
    }

    /// <summary>Finds the names in valid, uncompressed data.</summary>
    /// <param name="type">Tells the fields.</param>
    /// <param name="rdata">Valid for the type.</param>
    /// <param name="places">Receives the places, in order; <see cref="MaxNames"/> are enough.</param>
    /// <returns>How many there are.</returns>
    public static int FindNames(RrType type, ReadOnlySpan<byte> rdata, Span<NamePlace> places)
    {
        var count = 0;
        if (!type.Shape.HasNames)
            return count;
        var reader = new WireReader(rdata);
        foreach (var field in type.Shape.Fields)
        {
            var start = reader.Position;
            Validate(field, ref reader);
            if (NameField.IsName(field))
                places[count++] = new(start, reader.Position - start, field);
            if (count == type.Shape.NameCount)
                break;
        }
        return count;
    }

    /// <summary>Brings valid, uncompressed data into canonical form: the names of older types in lower case.</summary>
    /// <param name="type">Tells the fields.</param>
    /// <param name="rdata">Valid for the type; changed in place, its length stays.</param>
    /// <remarks>Source: RFC 4034 §6.2, RFC 6840 §5.1.</remarks>
    public static void Canonicalize(RrType type, Span<byte> rdata)
    {
        Span<NamePlace> places = stackalloc NamePlace[MaxNames];
        foreach (var place in places[..FindNames(type, rdata, places)])
        {
            var name = rdata.Slice(place.Offset, place.Length);
            if (place.IsFolded)
                NameOctets.CopyLower(name, name);
        }
    }

    /// <summary>Canonical order of two data of one type; zero when they are the same record but for the case of names.</summary>
    /// <remarks>Source: RFC 4034 §6.3. Both are valid and uncompressed.</remarks>
    public static int CompareCanonical(RrType type, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (!type.Shape.HasNames || left.SequenceEqual(right))
            return left.SequenceCompareTo(right);
        Span<NamePlace> leftPlaces = stackalloc NamePlace[MaxNames];
        Span<NamePlace> rightPlaces = stackalloc NamePlace[MaxNames];
        leftPlaces = leftPlaces[..FindNames(type, left, leftPlaces)];
        rightPlaces = rightPlaces[..FindNames(type, right, rightPlaces)];
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var order = CanonicalOctet(left, i, leftPlaces) - CanonicalOctet(right, i, rightPlaces);
            if (order != 0)
                return order;
        }
        return left.Length - right.Length;
    }

    private static byte CanonicalOctet(ReadOnlySpan<byte> rdata, int index, ReadOnlySpan<NamePlace> places)
    {
        foreach (var place in places)
        {
            if (place.IsFolded && index >= place.Offset && index < place.Offset + place.Length)
                return NameOctets.ToLower(rdata[index]);
        }
        return rdata[index];
    }

    private static int Expand(ref WireReader reader, scoped Span<byte> output)
    {
        if (output.Length >= NameOctets.MaxLength)
            return DomainName.ReadOctets(ref reader, output);
        Span<byte> wire = stackalloc byte[NameOctets.MaxLength];
        var length = DomainName.ReadOctets(ref reader, wire);
        if (wire[..length].TryCopyTo(output))
            return length;
        reader.Fail(WireFault.Malformed);
        return 0;
    }

    private static int Copy(ref WireReader reader, int start, scoped Span<byte> output)
    {
        if (reader.Failed)
            return 0;
        var octets = reader.Message[start..reader.Position];
        if (octets.TryCopyTo(output))
            return octets.Length;
        reader.Fail(WireFault.Malformed);
        return 0;
    }

    private static void Validate(RdataField field, ref WireReader reader)
    {
        switch (field)
        {
            case RdataField.Number8 or RdataField.Algorithm: reader.ReadByte(); break;
            case RdataField.Number16 or RdataField.TypeCode or RdataField.CertificateType: reader.ReadUInt16(); break;
            case RdataField.Number32 or RdataField.Period or RdataField.Time or RdataField.IPv4: reader.ReadUInt32(); break;
            case RdataField.IPv6: reader.ReadOctets(16); break;
            case RdataField.CompressedName or RdataField.ExpandedName or RdataField.FoldedName or RdataField.Name: NameField.Validate(ref reader); break;
            case RdataField.CharacterString or RdataField.Salt: reader.ReadOctets(reader.ReadByte()); break;
            case RdataField.CharacterStrings: CharacterStringField.ValidateAll(ref reader); break;
            case RdataField.QuotedRest or RdataField.Opaque: reader.ReadRest(); break;
            case RdataField.NonEmptyQuotedRest or RdataField.HexRest or RdataField.Base64Rest or RdataField.Base64RestOrZero: ValidateRest(ref reader); break;
            case RdataField.Tag: CharacterStringField.ValidateTag(ref reader); break;
            case RdataField.DelegationDigest or RdataField.KeyFingerprint or RdataField.ZoneDigest: HexField.ValidateDigest(field, ref reader); break;
            case RdataField.Base32Hash: Base32Field.Validate(ref reader); break;
            case RdataField.TypeBitmap: TypeBitmapField.Validate(ref reader, allowEmpty: false); break;
            case RdataField.OptionalTypeBitmap: TypeBitmapField.Validate(ref reader, allowEmpty: true); break;
            case RdataField.Eui48: reader.ReadOctets(6); break;
            case RdataField.Eui64: reader.ReadOctets(8); break;
            case RdataField.ServiceParameters: ServiceParametersField.Validate(ref reader); break;
            case RdataField.Location: LocationField.Validate(ref reader); break;
        }
    }

    private static void ValidateRest(ref WireReader reader)
    {
        reader.ReadByte();
        reader.ReadRest();
    }
}
