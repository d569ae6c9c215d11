namespace Riad.Dns.Tsig;

/// <summary>Why a message of an answer is not to be believed.</summary>
public enum TsigAnswerFault
{
    /// <summary>The message cannot be read, or its TSIG record is not alone and last, or its MAC has a length that no MAC may have.</summary>
    Malformed,

    /// <summary>The first message has no TSIG record.</summary>
    NotSigned,

    /// <summary>The TSIG record is by another key than the request's, or another algorithm.</summary>
    WrongKey,

    /// <summary>The MAC is wrong: the octets were changed, or the other side has another secret.</summary>
    BadSignature,

    /// <summary>It was signed at another time than now, give or take the fudge.</summary>
    BadTime,

    /// <summary>A hundredth message in a row has no TSIG record.</summary>
    TooManyUnsigned,
}
