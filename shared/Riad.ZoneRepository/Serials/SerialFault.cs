namespace Riad.ZoneRepository.Serials;

/// <summary>Why a zone is refused for its serial.</summary>
public enum SerialFault
{
    /// <summary>Strict: the records changed, and the serial is the one that is served.</summary>
    NotRaised,

    /// <summary>Strict: the serial is older than the served one, or 2³¹ away from it, where neither is newer.</summary>
    WentBack,

    /// <summary>Strict: serial 0 is never served.</summary>
    Zero,

    /// <summary>The serial is more than 2³⁰ ahead of the served one: most likely a mistyped date, and hard to take back.</summary>
    Jump,
}
