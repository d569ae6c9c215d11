namespace Riad.Core;

/// <summary>Where a driver's random octets come from: the operating system, or a seed in a test.</summary>
public interface IRandom
{
    /// <summary>Fills <paramref name="octets"/> with unpredictable octets.</summary>
    void Fill(Span<byte> octets);
}
