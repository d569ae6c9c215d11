namespace Riad.Dns.MasterFiles;

/// <summary>Where a record's TTL comes from.</summary>
internal enum TtlSource
{
    /// <summary>It stands in the record.</summary>
    Written,

    /// <summary>From $TTL, or from the SOA that stood for it.</summary>
    Default,

    /// <summary>From the record before.</summary>
    RecordBefore,

    /// <summary>From this SOA's own minimum, which from then on is the default.</summary>
    OwnMinimum,
}
