using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;

namespace Riad.Dns.Zones.Checks;

/// <summary>Collects what checks of the whole zone find, a bounded number of errors and of warnings.</summary>
internal sealed class Suspicions(DomainName apex)
{
    private readonly List<Suspicion> list = [];
    private int errors;

    public DomainName Apex => apex;

    public bool IsEmpty => list.Count == 0 && TtlsDifferIn is null && Duplicates == 0;

    public IReadOnlyList<Suspicion> All => list;

    /// <summary>The zone, when some of its sets have different TTLs: the text tells which.</summary>
    public Zone? TtlsDifferIn { get; set; }

    /// <summary>How many records stand twice.</summary>
    public long Duplicates { get; set; }

    public bool IsFull => errors >= ZoneFaults.Max;

    public void Add(ZoneFault fault, Severity severity, DomainName owner, ushort type, ReadOnlySpan<byte> data, string sentence)
    {
        var isError = severity is Severity.Error;
        var count = isError ? errors : list.Count - errors;
        if (count >= ZoneFaults.Max)
            return;
        errors += isError ? 1 : 0;
        list.Add(new(fault, severity, owner, type, new Octets(data), sentence));
    }

    /// <summary>What the text does not hold, such as a set that came together from several names, is told of the file's start.</summary>
    public void TellRest(TextPosition start, ZoneFaults faults)
    {
        foreach (var suspicion in list.Where(suspicion => !suspicion.IsTold))
            faults.Add(new(start, suspicion.Severity, suspicion.Fault, suspicion.Sentence));
    }
}
