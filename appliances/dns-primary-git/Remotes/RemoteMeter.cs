using Riad.Host;
using Riad.Host.Metrics;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>What /metrics shows of the remote. Nothing is shown where there is none.</summary>
internal static class RemoteMeter
{
    public static void Register(MetricsRegistry metrics, RemoteLink link, RemoteFollower follower, HostClock clock)
    {
        metrics.AddGauge("riad_remote_up", "1 while the remote can be read and written, else 0.", () => link.Trouble is null ? 1 : 0);
        metrics.AddGauge("riad_remote_read_age_seconds", "Since the remote was last read, or since the start while it was not yet.", () => (clock.Elapsed - follower.LastRead).TotalSeconds);
        metrics.AddGauge("riad_remote_unpushed_commits", "Commits of the served branch that the remote is not known to have.", () => link.CountUnpushed());
        metrics.AddCounters("riad_remote_fetches_total", "Readings of the remote, by outcome: news, nothing or failed.", () =>
            Enum.GetValues<FetchOutcome>().Select(outcome => new MetricSample(link.Counts[outcome], ("outcome", outcome.ToString().ToLowerInvariant()))));
        metrics.AddCounters("riad_remote_pushes_total", "Pushes to the remote, by outcome: done, moved, refused, failed or unknown.", () =>
            Enum.GetValues<PushOutcome>().Select(outcome => new MetricSample(link.Counts[outcome], ("outcome", outcome.ToString().ToLowerInvariant()))));
    }
}
