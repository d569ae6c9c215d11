using Riad.Core;
using Riad.Dns.Notify;

namespace Riad.Dns.Io;

/// <summary>What was told to secondaries until now.</summary>
/// <param name="Sent">Messages, repetitions counted.</param>
/// <param name="Acknowledged">Answers that were believed, refusals counted.</param>
/// <param name="GaveUp">Versions of zones of which a secondary never was told.</param>
/// <param name="NotBelieved">Datagrams that were no answer to a message of ours, or whose signature was wrong.</param>
/// <param name="Peers">Those that are being told, were given up, or refuse.</param>
public sealed record NotifySnapshot(long Sent, long Acknowledged, long GaveUp, long NotBelieved, Seq<NotifyPeer> Peers)
{
    /// <summary>Before the first message.</summary>
    public static readonly NotifySnapshot None = new(0, 0, 0, 0, []);
}
