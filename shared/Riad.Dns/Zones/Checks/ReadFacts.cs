namespace Riad.Dns.Zones.Checks;

/// <summary>What the reading of a file tells of a zone beside the records that are in it.</summary>
/// <param name="HasDname">True when a record is a DNAME, or may be.</param>
/// <param name="SumOfTtls">The TTLs of all records but signatures added up, as they are written: a set is stored with its lowest. Null when every set is known to have one.</param>
/// <param name="DuplicateCount">Records that stand there twice.</param>
/// <param name="OversizeCount">Records that were left out because their set is too large for a message.</param>
/// <param name="ForeignAddresses">Addresses of names outside of the zone.</param>
internal sealed record ReadFacts(bool HasDname, ulong? SumOfTtls, long DuplicateCount, long OversizeCount, IReadOnlyList<NotifyHint> ForeignAddresses)
{
    /// <summary>Receives those foreign addresses that belong to name servers of the apex.</summary>
    public List<NotifyHint> Hints { get; } = [];
}
