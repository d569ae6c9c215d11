using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Messages;

/// <summary>A record of a message.</summary>
/// <param name="Owner">Whose record.</param>
/// <param name="Type">A record type's number, or one of <see cref="QueryTypes"/>.</param>
/// <param name="Class">Internet, in most.</param>
/// <param name="Ttl">How long it may be kept.</param>
/// <param name="Rdata">Uncompressed; empty in some records of an update.</param>
/// <remarks>Source: RFC 1035 §4.1.3.</remarks>
public sealed record ResourceRecord(DomainName Owner, ushort Type, RecordClass Class, Ttl Ttl, Octets Rdata)
{
    /// <summary>A record of class IN with typed data.</summary>
    public static ResourceRecord Create<T>(DomainName owner, RrType<T> type, Ttl ttl, T value)
        where T : IEquatable<T> => new(owner, type.Code, RecordClass.Internet, ttl, type.Codec.ToOctets(value));

    /// <summary>A record of class IN with typed data.</summary>
    public static ResourceRecord Create<T>(DomainName owner, SingletonRrType<T> type, Ttl ttl, T value)
        where T : IEquatable<T> => new(owner, type.Code, RecordClass.Internet, ttl, type.Codec.ToOctets(value));

    /// <summary>The data as a value; false when the record is of another type, or its data is not valid for it.</summary>
    public bool TryGet<T>(RrType<T> type, [NotNullWhen(true)] out T? value)
        where T : IEquatable<T> => TryGet(type, type.Codec, out value);

    /// <summary>The data as a value; false when the record is of another type, or its data is not valid for it.</summary>
    public bool TryGet<T>(SingletonRrType<T> type, [NotNullWhen(true)] out T? value)
        where T : IEquatable<T> => TryGet(type, type.Codec, out value);

    /// <summary>As a line of a master file.</summary>
    public override string ToString()
    {
        var text = new System.Text.StringBuilder($"{Owner} {Ttl} {RrTypes.Print(Type)} ");
        if (RrTypes.TryFromCode(Type, out var type))
            RdataText.Print(type, Rdata.Span, text);
        else
            GenericForm.Print(Rdata.Span, text);
        return text.ToString();
    }

    private bool TryGet<T>(RrType type, RdataCodec<T> codec, [NotNullWhen(true)] out T? value)
        where T : IEquatable<T>
    {
        value = default;
        if (Type != type.Code || !RdataWire.TryValidate(type, Rdata.Span, out _))
            return false;
        value = codec.FromOctets(Rdata.Span);
        return true;
    }
}
