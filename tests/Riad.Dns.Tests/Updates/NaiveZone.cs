using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Updates;
using Riad.Dns.Zones;

namespace Riad.Dns.Tests.Updates;

/// <summary>RFC 2136 §3.2.5 and §3.4.2.7 word by word over a list of records: what the engine is compared with.</summary>
internal sealed class NaiveZone(DomainName apex, List<NaiveZone.Record> records)
{
    internal sealed record Record(string Owner, ushort Type, uint Ttl, string Data);

    public IEnumerable<string> Lines => records.Select(record => $"{record.Owner} {record.Ttl} {record.Type} {record.Data}").Order(StringComparer.Ordinal);

    public static NaiveZone Of(Zone zone)
    {
        var list = new List<Record>();
        var scratch = new byte[RecordSetView.ScratchLength];
        foreach (var node in zone.Nodes)
        {
            foreach (var set in node.Sets)
            {
                foreach (var rdata in set.Rdatas(scratch))
                    list.Add(new(Key(node.Owner), set.Type, set.Ttl, Print(set.Type, new(rdata))));
            }
        }
        return new(zone.Apex, list);
    }

    public ResponseCode Update(UpdateMessage message)
    {
        var wanted = new List<(string Owner, ushort Type, string Data)>();
        foreach (var rr in message.Prerequisites)
        {
            var owner = Key(rr.Owner);
            if (rr.Class is RecordClass.Internet)
                wanted.Add((owner, rr.Type, Print(rr.Type, rr.Rdata)));
            else if (rr.Class is RecordClass.Any && rr.Type == QueryTypes.Any && !records.Exists(zrr => zrr.Owner == owner))
                return ResponseCode.NameError;
            else if (rr.Class is RecordClass.Any && rr.Type != QueryTypes.Any && !records.Exists(zrr => zrr.Owner == owner && zrr.Type == rr.Type))
                return ResponseCode.SetMissing;
            else if (rr.Class is RecordClass.None && rr.Type == QueryTypes.Any && records.Exists(zrr => zrr.Owner == owner))
                return ResponseCode.NameExists;
            else if (rr.Class is RecordClass.None && rr.Type != QueryTypes.Any && records.Exists(zrr => zrr.Owner == owner && zrr.Type == rr.Type))
                return ResponseCode.SetExists;
        }
        foreach (var set in wanted.GroupBy(rr => (rr.Owner, rr.Type)))
        {
            if (!set.Select(rr => rr.Data).ToHashSet().SetEquals(records.Where(zrr => zrr.Owner == set.Key.Owner && zrr.Type == set.Key.Type).Select(zrr => zrr.Data)))
                return ResponseCode.SetMissing;
        }
        foreach (var rr in message.Updates)
            Apply(rr, Key(rr.Owner));
        return ResponseCode.NoError;
    }

    public void Apply(IEnumerable<SetChange> changes)
    {
        foreach (var change in changes)
        {
            records.RemoveAll(record => record.Owner == Key(change.Owner) && record.Type == change.Type.Code);
            records.AddRange(change.New.Select(data => new Record(Key(change.Owner), change.Type.Code, change.NewTtl.Seconds, Print(change.Type.Code, data))));
        }
    }

    private void Apply(ResourceRecord rr, string owner)
    {
        var isApex = rr.Owner == apex;
        if (rr.Class is RecordClass.Internet)
            Add(rr, owner, isApex);
        else if (rr.Class is RecordClass.Any && rr.Type == QueryTypes.Any)
            records.RemoveAll(zrr => zrr.Owner == owner && !(isApex && zrr.Type is 2 or 6 && isApex));
        else if (rr.Class is RecordClass.Any && !(isApex && rr.Type is 2 or 6 && isApex))
            records.RemoveAll(zrr => zrr.Owner == owner && zrr.Type == rr.Type);
        else if (rr.Class is RecordClass.None && rr.Type != 6 && !(isApex && rr.Type == 2 && records.Count(zrr => zrr.Owner == owner && zrr.Type == 2) == 1))
            records.RemoveAll(zrr => zrr.Owner == owner && zrr.Type == rr.Type && zrr.Data == Print(rr.Type, rr.Rdata));
    }

    private void Add(ResourceRecord rr, string owner, bool isApex)
    {
        if (rr.Type == 5 ? records.Exists(zrr => zrr.Owner == owner && zrr.Type != 5) : records.Exists(zrr => zrr.Owner == owner && zrr.Type == 5))
            return;
        if (rr.Type == 6 && (!isApex || Serial(records.Single(zrr => zrr.Type == 6).Data) is var old && !Serial(Print(6, rr.Rdata)).IsNewerThan(old)))
            return;
        if (rr.Type is 5 or 6)
            records.RemoveAll(zrr => zrr.Owner == owner && zrr.Type == rr.Type);
        var added = new Record(owner, rr.Type, rr.Ttl.Seconds, Print(rr.Type, rr.Rdata));
        records.RemoveAll(zrr => zrr.Owner == owner && zrr.Type == rr.Type && zrr.Data == added.Data);
        records.Add(added);
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i].Owner == owner && records[i].Type == rr.Type)
                records[i] = records[i] with { Ttl = rr.Ttl.Seconds }; // RFC 2181 §5.2
        }
    }

    private static Serial Serial(string soa) => new(uint.Parse(soa.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture));

    private static string Key(DomainName name) => name.ToString().ToUpperInvariant();

    private static string Print(ushort type, Octets data) => UpdateText.Print(RrTypes.FromCode(type), data).ToUpperInvariant();
}
