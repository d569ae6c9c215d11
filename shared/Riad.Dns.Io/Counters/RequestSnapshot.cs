namespace Riad.Dns.Io;

/// <summary>What became of requests: NOTIFY, UPDATE, transfers, and whatever is signed.</summary>
/// <param name="Handled">Given to the handler since the start.</param>
/// <param name="InFlight">With the handler now.</param>
/// <param name="Dropped">Datagrams that were dropped because too many requests were in flight.</param>
/// <param name="Faults">Requests whose answer failed by a fault of ours.</param>
public sealed record RequestSnapshot(long Handled, int InFlight, long Dropped, long Faults)
{
    /// <summary>What a listener without a handler counts.</summary>
    public static readonly RequestSnapshot None = new(0, 0, 0, 0);
}
