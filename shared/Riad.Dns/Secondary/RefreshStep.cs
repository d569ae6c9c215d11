namespace Riad.Dns.Secondary;

/// <summary>What a primary is asked for.</summary>
public enum RefreshStep
{
    /// <summary>The SOA: is there something newer?</summary>
    Check,

    /// <summary>The differences to the version that we have: IXFR.</summary>
    Incremental,

    /// <summary>The whole zone: AXFR.</summary>
    Whole,
}
