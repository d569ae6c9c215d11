using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Updates;

/// <summary>A request to change a zone, as it was sent.</summary>
/// <param name="Id">Repeated in the answer.</param>
/// <param name="Zone">The name of the zone that is to be changed.</param>
/// <param name="ZoneClass">The class of that zone.</param>
/// <param name="Prerequisites">Not looked at yet: each is read when its turn comes.</param>
/// <param name="Updates">Not looked at yet: they are read once the prerequisites hold.</param>
/// <remarks>Source: RFC 2136 §2. The additional section helps nobody here and is passed over.</remarks>
public sealed record UpdateMessage(ushort Id, DomainName Zone, RecordClass ZoneClass, Seq<ResourceRecord> Prerequisites, Seq<ResourceRecord> Updates)
{
    /// <summary>Reads a message whose signature was verified and taken off.</summary>
    /// <param name="octets">The whole message.</param>
    /// <param name="message">Null when it is malformed: the answer is FORMERR.</param>
    /// <remarks>Source: RFC 2136 §3.1.1: exactly one zone, asked for by its SOA.</remarks>
    public static bool TryRead(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out UpdateMessage? message)
    {
        message = null;
        if (!Message.TryRead(octets, out var read, out _) || read.Opcode is not Opcode.Update || read.Flags.HasFlag(HeaderBits.Response))
            return false;
        if (read.Questions is not [var zone] || zone.Type != RrTypes.Soa.Code)
            return false;
        message = new(read.Id, zone.Name, zone.Class, read.Answers, read.Authorities);
        return true;
    }
}
