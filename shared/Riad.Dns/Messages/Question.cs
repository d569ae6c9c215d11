using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Messages;

/// <summary>What is asked for.</summary>
/// <param name="Name">Of which name.</param>
/// <param name="Type">A record type's number, or one of <see cref="QueryTypes"/>.</param>
/// <param name="Class">Internet, in most.</param>
/// <remarks>
/// <code>
/// QNAME        name
/// QTYPE        16 bits
/// QCLASS       16 bits
/// </code>
/// Source: RFC 1035 §4.1.2.
/// </remarks>
public sealed record Question(DomainName Name, ushort Type, RecordClass Class)
{
    /// <summary>Reads a question; a fault is left in the reader.</summary>
    public static Question Read(ref WireReader reader) => new(DomainName.Read(ref reader), reader.ReadUInt16(), (RecordClass)reader.ReadUInt16());

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Records.RrTypes.Print(Type)}";
}
