using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.Transfers.Incoming;

/// <summary>Applies differences to a version of a zone, exactly or not at all.</summary>
internal static class ZoneRevision
{
    /// <summary>Makes the version that the last step leads to.</summary>
    /// <param name="present">The version that the first step begins at.</param>
    /// <param name="steps">Each begins where the one before ends.</param>
    /// <param name="zone">Null on failure.</param>
    /// <param name="fault">Why they do not apply. Meaningful on failure.</param>
    public static bool TryApply(Zone present, ImmutableArray<ZoneStep> steps, [NotNullWhen(true)] out Zone? zone, out TransferFault fault)
    {
        zone = null;
        var changes = new Dictionary<RecordKey, Change>();
        foreach (var step in steps)
        {
            foreach (var record in step.Removed)
            {
                fault = TransferFault.RemovesMissing;
                var key = new RecordKey(record);
                if (!IsThere(present, changes, key, out var isBase))
                    return false;
                if (isBase)
                    changes[key] = new(IsBase: true, Added: null);
                else
                    changes.Remove(key);
            }
            foreach (var record in step.Added)
            {
                fault = TransferFault.AddsExisting;
                var key = new RecordKey(record);
                if (IsThere(present, changes, key, out _))
                    return false;
                changes[key] = new(changes.ContainsKey(key), record);
            }
        }
        return TryRebuild(present, steps[^1].NewSoa, changes, out zone, out fault);
    }

    private static bool IsThere(Zone present, Dictionary<RecordKey, Change> changes, RecordKey key, out bool isBase)
    {
        isBase = false;
        if (changes.TryGetValue(key, out var change))
        {
            isBase = change.IsBase;
            return change.Added is not null;
        }
        if (!present.TryFind(key.Record.Owner.Wire, out var node) || !node.TryFind(key.Record.Type, out var set))
            return false;
        Span<byte> scratch = stackalloc byte[RecordSetView.ScratchLength];
        foreach (var rdata in set.Rdatas(scratch))
            isBase |= RdataWire.CompareCanonical(key.Type, rdata, key.Record.Rdata.Span) == 0;
        return isBase;
    }

    private static bool TryRebuild(Zone present, ResourceRecord soa, Dictionary<RecordKey, Change> changes, [NotNullWhen(true)] out Zone? zone, out TransferFault fault)
    {
        var builder = new ZoneBuilder(present.Apex);
        builder.Add(soa.Owner.Wire, RrTypes.Soa, soa.Ttl.Seconds, soa.Rdata.Span);
        var touched = changes.Where(change => change.Value.IsBase).Select(change => (change.Key.Record.Owner, change.Key.Record.Type)).ToHashSet();
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength];
        Span<byte> scratch = stackalloc byte[RecordSetView.ScratchLength];
        foreach (var node in present.Nodes)
        {
            var length = node.CopyOwner(owner);
            foreach (var set in node.Sets)
            {
                if (set.Type == RrTypes.Soa.Code)
                    continue;
                var type = RrTypes.FromCode(set.Type);
                var isTouched = touched.Count > 0 && touched.Contains((node.Owner, set.Type));
                foreach (var rdata in set.Rdatas(scratch))
                {
                    if (!isTouched || !changes.ContainsKey(new(new(node.Owner, set.Type, RecordClass.Internet, new(set.TtlOf(rdata)), new(rdata)))))
                        builder.Add(owner[..length], type, set.Ttl, rdata);
                }
            }
        }
        foreach (var added in changes.Values.Select(change => change.Added).OfType<ResourceRecord>())
            builder.Add(added.Owner.Wire, RrTypes.FromCode(added.Type), added.Ttl.Seconds, added.Rdata.Span);
        fault = TransferFault.SetTooLarge;
        zone = builder.Build();
        if (builder.OversizeCount == 0)
            return true;
        zone = null;
        return false;
    }

    /// <summary>What became of a record.</summary>
    /// <param name="IsBase">It was in the first version.</param>
    /// <param name="Added">As it is now; null when it is gone.</param>
    private readonly record struct Change(bool IsBase, ResourceRecord? Added);

    /// <summary>A record without its TTL, and without regard to the case of names.</summary>
    private readonly struct RecordKey(ResourceRecord record) : IEquatable<RecordKey>
    {
        private readonly RrType type = RrTypes.FromCode(record.Type);

        public ResourceRecord Record => record;

        public RrType Type => type;

        public bool Equals(RecordKey other) =>
            record.Type == other.Record.Type && record.Owner == other.Record.Owner && RdataWire.CompareCanonical(type, record.Rdata.Span, other.Record.Rdata.Span) == 0;

        public override bool Equals(object? obj) => obj is RecordKey other && Equals(other);

        public override int GetHashCode() => unchecked((((record.Owner.GetHashCode() * 31) + record.Type) * 31) + record.Rdata.Length);
    }
}
