using Riad.Dns.Records;

namespace Riad.Dns.Zones.Checks;

/// <summary>What the reading of a zone must know beside its text.</summary>
/// <param name="Previous">The serial that was read before; null for a new zone: then the serial is not checked.</param>
/// <param name="StrictSerial">True when a serial that goes back is an error, not a warning.</param>
/// <param name="AllowSerialJump">True when the serial may be more than 2³⁰ ahead of the one before.</param>
public sealed record ZoneReadOptions(Serial? Previous = null, bool StrictSerial = false, bool AllowSerialJump = false)
{
    /// <summary>A zone that is read for the first time.</summary>
    public static readonly ZoneReadOptions Default = new();
}
