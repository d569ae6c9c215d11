namespace Riad.Host;

/// <summary>Where the parts of a running appliance report; safe from any thread.</summary>
public sealed class HealthBoard
{
    private const string Self = "start";

    private HealthReport report = HealthReport.Fine.With(Self, new(HealthStatus.Unavailable, "starting"));

    /// <summary>The state of the whole, now.</summary>
    public HealthReport Report => Volatile.Read(ref report);

    /// <summary>Says how a part is; its last word counts.</summary>
    /// <param name="part">One word, such as <c>zones</c>.</param>
    /// <param name="finding">How it is.</param>
    public void Set(string part, HealthFinding finding)
    {
        HealthReport before, after;
        do
        {
            before = report;
            after = before.With(part, finding);
        }
        while (Interlocked.CompareExchange(ref report, after, before) != before);
    }

    internal void Started() => Set(Self, HealthFinding.Ok);

    internal void Stopping() => Set(Self, new(HealthStatus.Unavailable, "stopping"));
}
