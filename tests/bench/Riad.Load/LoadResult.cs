using System.Globalization;

namespace Riad.Load;

/// <summary>What one run measured.</summary>
internal sealed record LoadResult(double QueriesPerSecond, double LostPercent, double MicrosecondsOfCpu, double Median, double Percentile99, double Percentile999, double NoErrorPercent)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"qps={QueriesPerSecond:0} lost={LostPercent:0.000}% cpu_us={MicrosecondsOfCpu:0.000} p50_us={Median:0.0} p99_us={Percentile99:0.0} p99.9_us={Percentile999:0.0} noerror={NoErrorPercent:0.0}%");
}
