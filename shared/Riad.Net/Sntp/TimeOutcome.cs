namespace Riad.Net.Sntp;

/// <summary>What came of a question for the time.</summary>
public enum TimeOutcome
{
    /// <summary>The time.</summary>
    Answered,

    /// <summary>Nothing that is of use.</summary>
    Silent,

    /// <summary>The server wants to be asked less.</summary>
    AskLess,

    /// <summary>The server will never answer us.</summary>
    Refused,
}
