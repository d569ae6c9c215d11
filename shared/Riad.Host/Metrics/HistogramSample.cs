using System.Collections.Immutable;

namespace Riad.Host.Metrics;

/// <summary>The state of one histogram.</summary>
/// <param name="Counts">
/// Observations per bucket, not summed up: one for each bound, then one for everything above the last.
/// </param>
/// <param name="Sum">The sum of all observations.</param>
/// <param name="Labels">As for a <see cref="MetricSample"/>.</param>
public readonly record struct HistogramSample(ImmutableArray<long> Counts, double Sum, params ImmutableArray<(string Name, string Value)> Labels);
