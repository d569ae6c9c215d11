namespace Riad.Host.Metrics;

/// <summary>What a metric's numbers mean.</summary>
public enum MetricKind
{
    /// <summary>It only grows, until the process ends.</summary>
    Counter,

    /// <summary>It goes up and down.</summary>
    Gauge,

    /// <summary>How many observations fell below each of some bounds.</summary>
    Histogram,
}
