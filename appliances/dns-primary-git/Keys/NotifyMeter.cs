using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Messages;
using Riad.Dns.Notify;
using Riad.DnsPrimaryGit.Serving;
using Riad.Host.Metrics;
using Riad.Host.Pages;

namespace Riad.DnsPrimaryGit.Keys;

/// <summary>What an operator sees of notifications: numbers, log lines, and who does not answer.</summary>
internal static class NotifyMeter
{
    private const int ShownPeers = 10;

    public static void Register(MetricsRegistry metrics, NotifyDriver driver)
    {
        metrics.AddCounter("riad_notify_sent_total", "NOTIFY messages sent, repetitions counted.", () => driver.Read().Sent);
        metrics.AddCounter("riad_notify_acknowledged_total", "NOTIFY messages that a secondary answered.", () => driver.Read().Acknowledged);
        metrics.AddCounter("riad_notify_given_up_total", "Versions of zones of which a secondary could not be told.", () => driver.Read().GaveUp);
        metrics.AddCounter("riad_notify_not_believed_total", "Datagrams that were no answer to a NOTIFY of ours, or whose signature was wrong.", () => driver.Read().NotBelieved);
        metrics.AddGauge("riad_notify_waiting", "Messages to secondaries that are not answered yet, one for each zone and secondary.", () => driver.Read().Peers.Sum(peer => peer.Waiting));
    }

    /// <summary>Lines for the log: what went well only where somebody looks closely.</summary>
    public static void Tell(ILogger log, NotifyOutput output)
    {
        switch (output)
        {
            case NotifyOutput.Acknowledged(var by, var zone, var serial, ResponseCode.NoError):
                log.LogDebug("notified zone={Zone} serial={Serial} secondary={Secondary}", zone.ToStringWithoutFinalDot(), serial, by);
                break;
            case NotifyOutput.Acknowledged(var by, var zone, var serial, var code):
                log.LogWarning("notified, and refused zone={Zone} serial={Serial} secondary={Secondary} code={Code}", zone.ToStringWithoutFinalDot(), serial, by, ResponseCodeLabel.Of(code));
                break;
            case NotifyOutput.GaveUp(var on, var zone, var serial):
                log.LogWarning("a secondary does not answer zone={Zone} serial={Serial} secondary={Secondary}", zone.ToStringWithoutFinalDot(), serial, on);
                break;
            case NotifyOutput.NotResolved(var name):
                log.LogWarning("a name server has no address name={Name}", name.ToStringWithoutFinalDot());
                break;
        }
    }

    /// <summary>A sentence for each secondary that is silent or refuses, at most ten.</summary>
    public static Seq<string> Describe(NotifyDriver driver)
    {
        var troubled = driver.Read().Peers.Where(peer => peer.IsTroubled).ToImmutableArray();
        var lines = troubled.Take(ShownPeers).Select(Describe);
        return (troubled.Length > ShownPeers ? lines.Append($"And {troubled.Length - ShownPeers} more secondaries.") : lines).ToSeq();
    }

    private static string Describe(NotifyPeer peer) => peer switch
    {
        { RefusedWith: { } code } => $"Secondary {peer.Endpoint} answered {ResponseCodeLabel.Of(code)} to NOTIFY: it may not know the zone, this server or the key.",
        { GaveUp: > 0 } => $"Secondary {peer.Endpoint} did not answer NOTIFY and was given up for {Words.Count(peer.GaveUp, "zone")}; it will see the changes when it refreshes.",
        _ => $"Secondary {peer.Endpoint} does not answer NOTIFY: {Words.Count(peer.Waiting, "zone")} waiting, {peer.Attempts} messages sent.",
    };
}
