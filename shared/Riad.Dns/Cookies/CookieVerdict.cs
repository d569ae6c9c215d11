namespace Riad.Dns.Cookies;

/// <summary>What a query's COOKIE option is worth.</summary>
public enum CookieVerdict
{
    /// <summary>The option has no length that the RFC allows: the answer is FORMERR.</summary>
    Malformed,

    /// <summary>A client cookie alone: the answer brings the first server cookie.</summary>
    ClientOnly,

    /// <summary>The server cookie is not ours, or its time is up: treat the query as one without.</summary>
    Bad,

    /// <summary>Ours, and older than half an hour or of the previous secret: good, and the answer brings a new one.</summary>
    GoodButOld,

    /// <summary>Ours: the answer may bring the same one.</summary>
    Good,
}
