using System.Diagnostics;

namespace Riad.Host.Metrics;

/// <summary>What every process shows about itself.</summary>
/// <remarks>Names as Prometheus' client libraries give them, so that existing dashboards work.</remarks>
internal static class ProcessMetrics
{
    public static void AddTo(MetricsRegistry metrics, TimeProvider clock)
    {
        var version = ApplianceVersion.Current;
        var started = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        metrics.AddGauges("riad_build_info", "Which program this is; always 1.", () => [new(1, ("version", version.Version), ("commit", version.Commit))]);
        metrics.AddGauge("process_start_time_seconds", "When the process started, in seconds since 1970.", () => started);
        metrics.AddCounters("process_cpu_seconds_total", "Processor time used, by user and system together.", () => [new(Environment.CpuUsage.TotalTime.TotalSeconds)]);
        metrics.AddGauge("process_resident_memory_bytes", "Memory of the process that is in RAM.", () => Environment.WorkingSet);
        metrics.AddGauge("process_threads", "Threads of the process.", CountThreads);
        metrics.AddGauges("process_open_fds", "Open file descriptors.", CountDescriptors);
        metrics.AddGauge("dotnet_gc_heap_bytes", "Memory of the managed heap at the last collection.", () => GC.GetGCMemoryInfo().HeapSizeBytes);
        metrics.AddCounters("dotnet_gc_allocated_bytes_total", "Memory allocated on the managed heap.", () => [new(GC.GetTotalAllocatedBytes())]);
        metrics.AddCounters("dotnet_gc_collections_total", "Garbage collections.", () =>
            Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation => new MetricSample(GC.CollectionCount(generation), ("generation", FormattableString.Invariant($"{generation}")))));
        metrics.AddCounters("dotnet_gc_pause_seconds_total", "Time that collections stopped the process.", () => [new(GC.GetTotalPauseDuration().TotalSeconds)]);
    }

    private static double CountThreads()
    {
        using var self = Process.GetCurrentProcess();
        return self.Threads.Count;
    }

    private static IEnumerable<MetricSample> CountDescriptors() => OperatingSystem.IsLinux()
        ? [new(Directory.EnumerateFileSystemEntries("/proc/self/fd").Count())]
        : [];
}
