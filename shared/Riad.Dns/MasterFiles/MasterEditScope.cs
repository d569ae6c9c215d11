using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>Which files beside the zone's own may be changed, and where new records go.</summary>
/// <param name="MayEdit">Asked with the path of an included file. A file that the zone includes twice is never changed.</param>
/// <param name="NewRecords">The included file that takes new records; null for the end of the zone's own file, which also takes them when the zone does not include that file, may not change it, or has no $TTL there.</param>
public sealed record MasterEditScope(Func<string, bool> MayEdit, string? NewRecords)
{
    /// <summary>What records have for a TTL before the first $TTL, as in a file that others include; null when the file says everything itself.</summary>
    public Ttl? AssumedTtl { get; init; }

    /// <summary>Only the zone's own file.</summary>
    public static readonly MasterEditScope OwnFile = new(static _ => false, null);
}
