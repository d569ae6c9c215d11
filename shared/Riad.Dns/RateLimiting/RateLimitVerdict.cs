namespace Riad.Dns.RateLimiting;

/// <summary>What becomes of an answer.</summary>
public enum RateLimitVerdict
{
    /// <summary>It is sent.</summary>
    Send,

    /// <summary>An empty answer with TC is sent: a real client comes back over TCP.</summary>
    Truncate,

    /// <summary>Nothing is sent.</summary>
    Drop,
}
