using System.Diagnostics;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Updates;

/// <summary>Applies the operations of an update, one after another, with the rules that keep a zone a zone.</summary>
/// <remarks>Source: RFC 2136 §3.4.2. What the rules forbid is passed over without a word, as the RFC wants it.</remarks>
internal static class OperationRun
{
    public static void Apply(ZoneDraft draft, UpdateOperation operation)
    {
        var name = draft.At(operation.Owner);
        var isApex = operation.Owner == draft.Apex;
        switch (operation)
        {
            case UpdateOperation.Add add: Add(name, add, isApex); break;
            case UpdateOperation.RemoveSet remove when !(isApex && IsSoaOrNs(remove.Type)): name.Remove(remove.Type); break;
            case UpdateOperation.RemoveSet: break;
            case UpdateOperation.RemoveName: RemoveName(name, isApex); break;
            case UpdateOperation.RemoveRecord remove: RemoveRecord(name, remove, isApex); break;
            default: throw new UnreachableException();
        }
    }

    private static void Add(DraftName name, UpdateOperation.Add add, bool isApex)
    {
        if (add.Type == RrTypes.Soa)
            AddSoa(name, add, isApex);
        else if (add.Type == RrTypes.Cname ? name.Types.Any(type => type != RrTypes.Cname && !MayStandBesideCname(type)) : name.Find(RrTypes.Cname) is not null && !MayStandBesideCname(add.Type))
            return;
        else if (add.Type.IsSingleton)
            name.Replace(add.Type, add.Ttl, add.Data);
        else
            name.Add(add.Type, add.Ttl, add.Data);
    }

    /// <summary>An SOA replaces the one that is there, if it is newer; where there is none it makes no zone.</summary>
    /// <remarks>Source: RFC 2136 §3.4.2.2, whose words ignore an equal serial too.</remarks>
    private static void AddSoa(DraftName name, UpdateOperation.Add add, bool isApex)
    {
        if (!isApex || name.Find(RrTypes.Soa) is not { Count: > 0 } present)
            return;
        if (SerialOf(add.Data.Span).IsNewerThan(SerialOf(present.Data[0].Span)))
            name.Replace(RrTypes.Soa, add.Ttl, add.Data);
    }

    private static void RemoveName(DraftName name, bool isApex)
    {
        foreach (var type in name.Types.Where(type => !(isApex && IsSoaOrNs(type))).ToList())
            name.Remove(type);
    }

    private static void RemoveRecord(DraftName name, UpdateOperation.RemoveRecord remove, bool isApex)
    {
        if (remove.Type == RrTypes.Soa)
            return;
        if (isApex && remove.Type == RrTypes.Ns && name.Find(RrTypes.Ns) is { Count: 1 })
            return; // a zone keeps a name server
        name.Remove(remove.Type, remove.Data);
    }

    private static bool IsSoaOrNs(RrType type) => type == RrTypes.Soa || type == RrTypes.Ns;

    /// <summary>Signatures and denials of the CNAME itself.</summary>
    /// <remarks>Source: RFC 4034 §3, §4.</remarks>
    private static bool MayStandBesideCname(RrType type) => type == RrTypes.Rrsig || type == RrTypes.Nsec;

    private static Serial SerialOf(ReadOnlySpan<byte> soa) => new(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(soa[^20..]));
}
