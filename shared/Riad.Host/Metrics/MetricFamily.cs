using System.Collections.Immutable;

namespace Riad.Host.Metrics;

/// <summary>All numbers of one name at one moment.</summary>
/// <param name="Name">Letters, digits and '_'.</param>
/// <param name="Kind">What the numbers mean.</param>
/// <param name="Help">One sentence.</param>
public sealed record MetricFamily(string Name, MetricKind Kind, string Help)
{
    /// <summary>The numbers of a counter or a gauge.</summary>
    public ImmutableArray<MetricSample> Samples { get; init; } = [];

    /// <summary>The upper bounds of a histogram's buckets, rising, without infinity.</summary>
    public ImmutableArray<double> Bounds { get; init; } = [];

    /// <summary>The states of a histogram.</summary>
    public ImmutableArray<HistogramSample> Histograms { get; init; } = [];
}
