using System.Collections.Immutable;

namespace Riad.Host.Metrics;

/// <summary>One number of a counter or a gauge.</summary>
/// <param name="Value">The number.</param>
/// <param name="Labels">Names (letters, digits, '_') and values (any text), in the order of the output.</param>
public readonly record struct MetricSample(double Value, params ImmutableArray<(string Name, string Value)> Labels);
