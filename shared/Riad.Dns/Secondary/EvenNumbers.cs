namespace Riad.Dns.Secondary;

/// <summary>Evenly spread numbers from 0 to just below 1, from SplitMix64: they spread timers, and keep no secret.</summary>
internal sealed class EvenNumbers(ulong seed)
{
    private ulong state = seed;

    /// <summary>The next one: the same seed gives the same ones.</summary>
    public double Next()
    {
        state += 0x9e3779b97f4a7c15;
        var mixed = (state ^ state >> 30) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
        return ((mixed ^ mixed >> 31) >> 11) * (1.0 / (1UL << 53));
    }
}
