using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Zones.Edits;

/// <summary>Gives the records of a name to a builder.</summary>
internal static class RecordCopy
{
    /// <summary>The records that a version of the zone has.</summary>
    public static void Add(ZoneBuilder builder, ZoneNode name)
    {
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength];
        Span<byte> scratch = stackalloc byte[RecordSetView.ScratchLength];
        owner = owner[..name.CopyOwner(owner)];
        foreach (var set in name.Sets)
        {
            foreach (var rdata in set.Rdatas(scratch))
                builder.Add(owner, RrTypes.FromCode(set.Type), set.Ttl, rdata);
        }
    }

    /// <summary>The records that an edit has.</summary>
    public static void Add(ZoneBuilder builder, EditedNames names, EditedName name)
    {
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength];
        owner = owner[..names.CopyOwner(name.RelativeName, owner)];
        foreach (var set in name.Sets.Values)
        {
            foreach (var rdata in set.Read(names.BaseSet(name, set.Type.Code)))
                builder.Add(owner, set.Type, set.Ttl, rdata);
        }
    }
}
