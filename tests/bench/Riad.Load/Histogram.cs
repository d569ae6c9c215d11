namespace Riad.Load;

/// <summary>Counts latencies in steps of 100 ns up to 500 ms.</summary>
internal sealed class Histogram
{
    private readonly uint[] counts = new uint[5_000_000];
    private long total;

    public void Add(long nanoseconds)
    {
        counts[Math.Clamp(nanoseconds / 100, 0, counts.Length - 1)]++;
        total++;
    }

    public void Clear()
    {
        Array.Clear(counts);
        total = 0;
    }

    /// <summary>The latency in microseconds that this share of answers did not exceed.</summary>
    public double Quantile(double share)
    {
        double seen = 0;
        for (var step = 0; step < counts.Length; step++)
        {
            seen += counts[step];
            if (seen >= total * share)
                return (step + 1) / 10.0;
        }
        return counts.Length / 10.0;
    }
}
