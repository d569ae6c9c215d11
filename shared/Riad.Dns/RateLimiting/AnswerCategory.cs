namespace Riad.Dns.RateLimiting;

/// <summary>What answers have in common that are counted as the same.</summary>
public enum AnswerCategory
{
    /// <summary>Records: the same name and type.</summary>
    Positive,

    /// <summary>The name exists without the type: the same zone.</summary>
    NoData,

    /// <summary>No such name: the same zone.</summary>
    NameError,

    /// <summary>A referral: the same cut.</summary>
    Referral,

    /// <summary>Any other response code.</summary>
    Error,
}
