using System.Buffers.Binary;
using System.Globalization;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Edits;

namespace Riad.Dns.Tests.Zones.Edits;

/// <summary>What a zone should hold, as plain lists: the edits are made here too, and the zone is built from the lists.</summary>
internal sealed class ModelZone
{
    public static readonly DomainName Apex = ZoneText.Name("example.test.");

    private readonly List<(DomainName Owner, RrType Type)> order = [];
    private readonly Dictionary<(DomainName Owner, RrType Type), (uint Ttl, List<byte[]> Rdatas)> sets = [];

    public ModelZone(string text)
    {
        foreach (var node in ZoneText.Zone("example.test.", text).Nodes)
        {
            foreach (var set in node.Sets)
            {
                foreach (var rdata in set.Rdatas(new byte[RecordSetView.ScratchLength]))
                    Add(node.Owner, RrTypes.FromCode(set.Type), set.Ttl, rdata.ToArray());
            }
        }
    }

    public uint Serial { get; set; } = 1;

    public void Add(DomainName owner, RrType type, uint ttl, byte[] rdata)
    {
        var set = sets.GetValueOrDefault((owner, type), (ttl, []));
        if (set.Rdatas.Count == 0)
            order.Add((owner, type));
        if (!set.Rdatas.Exists(known => RdataWire.CompareCanonical(type, known, rdata) == 0))
            set.Rdatas.Add(rdata);
        sets[(owner, type)] = (Math.Min(set.Ttl, ttl), set.Rdatas);
    }

    public bool Remove(DomainName owner, RrType type, byte[] rdata)
    {
        if (!sets.TryGetValue((owner, type), out var set) || set.Rdatas.RemoveAll(known => RdataWire.CompareCanonical(type, known, rdata) == 0) == 0)
            return false;
        if (set.Rdatas.Count == 0)
            RemoveSet(owner, type);
        return true;
    }

    public bool RemoveSet(DomainName owner, RrType type)
    {
        order.Remove((owner, type));
        return sets.Remove((owner, type));
    }

    public bool SetTtl(DomainName owner, RrType type, uint ttl)
    {
        if (!sets.TryGetValue((owner, type), out var set))
            return false;
        sets[(owner, type)] = (ttl, set.Rdatas);
        return true;
    }

    public Zone Build()
    {
        var builder = new ZoneBuilder(Apex);
        foreach (var key in order)
        {
            foreach (var rdata in sets[key].Rdatas)
                builder.Add(key.Owner.Wire, key.Type, sets[key].Ttl, key.Type == RrTypes.Soa ? WithSerial(rdata) : rdata);
        }
        return builder.Build();
    }

    private byte[] WithSerial(byte[] soa)
    {
        BinaryPrimitives.WriteUInt32BigEndian(soa.AsSpan(soa.Length - 20), Serial);
        return soa;
    }

    /// <summary>Everything that a zone stores, name by name in canonical order: flags, children, records and prepared referrals.</summary>
    public static string Print(Zone zone)
    {
        var lines = new SortedDictionary<DomainName, string>();
        foreach (var node in zone.Nodes)
        {
            if (!zone.TryFind(node.Owner.Wire, out var found) || !found.Stored.SequenceEqual(node.Stored))
                throw new InvalidOperationException($"{node.Owner} is enumerated and not found");
            lines.Add(node.Owner, string.Create(CultureInfo.InvariantCulture, $"{node.Owner} {node.Flags} {node.Children}\n  {Convert.ToHexStringLower(node.Stored)}"));
        }
        return string.Create(CultureInfo.InvariantCulture, $"{zone.NameCount} names, {zone.RecordCount} records, serial {zone.Serial}\n{string.Join('\n', lines.Values)}");
    }

    public static byte[] Rdata(RrType type, string text) => ZoneText.Rdata(type, text, Apex);

    public static ZoneEdit Apply(ZoneEdit edit, string changes)
    {
        foreach (var line in changes.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line[1..].Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            if (!RrTypes.TryParse(words[1], out var type))
                throw new ArgumentException(line);
            var owner = ZoneText.Name(words[0], Apex).Wire;
            var rdata = Rdata(type, words[2]);
            if (!(line[0] == '+' ? edit.Add(owner, type, ZoneText.DefaultTtl, rdata) : edit.Remove(owner, type, rdata)))
                throw new ArgumentException($"refused: {line}");
        }
        return edit;
    }
}
