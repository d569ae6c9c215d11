using Riad.Core;

namespace Riad.Dns.Io;

/// <summary>All open streams: counts them per network, and ends those that take too long.</summary>
internal sealed class ConnectionTable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMilliseconds(500);

    private readonly DnsListenerOptions options;
    private readonly ServerClock clock;
    private readonly ITimer sweeper;
    private readonly Lock gate = new();
    private readonly HashSet<StreamConnection> open = [];
    private readonly Dictionary<IpAddress, int> perNetwork = [];
    private TaskCompletionSource? allGone;
    private long accepted;
    private long refused;
    private long expired;
    private volatile bool pressed;

    internal ConnectionTable(DnsListenerOptions options, ServerClock clock)
    {
        (this.options, this.clock) = (options, clock);
        sweeper = clock.Time.CreateTimer(static table => ((ConnectionTable)table!).Sweep(), this, SweepEvery, SweepEvery);
    }

    /// <summary>How long a stream may be idle now.</summary>
    internal TimeSpan IdleLimit => pressed ? options.IdleLimitUnderPressure : options.IdleLimit;

    /// <summary>Takes a new stream in. When there is no room at all, the one that is idle longest has to go.</summary>
    internal bool TryAdd(StreamConnection connection)
    {
        StreamConnection? evicted = null;
        lock (gate)
        {
            var network = NetworkOf(connection);
            var siblings = perNetwork.GetValueOrDefault(network);
            if (allGone is not null || siblings >= options.MaxConnectionsPerNetwork || (open.Count >= options.MaxConnections && (evicted = LongestIdle()) is null))
            {
                refused++;
                return false;
            }
            perNetwork[network] = siblings + 1;
            open.Add(connection);
            accepted++;
            if (evicted is not null)
                expired++;
            SetPressure();
        }
        evicted?.End();
        return true;
    }

    internal void Remove(StreamConnection connection)
    {
        lock (gate)
        {
            if (!open.Remove(connection))
                return;
            var network = NetworkOf(connection);
            if (--perNetwork[network] == 0)
                perNetwork.Remove(network);
            SetPressure();
            if (open.Count == 0)
                allGone?.TrySetResult();
        }
    }

    internal ConnectionSnapshot Read()
    {
        lock (gate)
            return new(open.Count, accepted, refused, expired);
    }

    internal void StopSweeping() => sweeper.Dispose();

    /// <summary>Ends idle streams at once, and the others when their answers are out or the limit is reached.</summary>
    internal async Task EndAllAsync()
    {
        StreamConnection[] left;
        lock (gate)
        {
            allGone ??= new();
            if (open.Count == 0)
                allGone.TrySetResult();
            left = [.. open];
        }
        Array.ForEach(left, connection => connection.End());
        try
        {
            await allGone.Task.WaitAsync(options.StopLimit, clock.Time);
        }
        catch (TimeoutException)
        {
            Array.ForEach(left, connection => connection.Abort());
        }
    }

    private static IpAddress NetworkOf(StreamConnection connection) => ClientNetwork.Of(connection.Client.Address);

    private void SetPressure() => pressed = open.Count > options.MaxConnections - (options.MaxConnections / 4);

    private StreamConnection? LongestIdle() => open.Where(one => one.Phase is ConnectionPhase.Waiting).MinBy(one => one.Since);

    private void Sweep()
    {
        var now = clock.Elapsed;
        var over = new List<StreamConnection>();
        lock (gate)
        {
            foreach (var connection in open)
            {
                if (now - connection.Since >= LimitOf(connection.Phase))
                    over.Add(connection);
            }
            expired += over.Count;
        }
        foreach (var connection in over)
        {
            if (connection.Phase is ConnectionPhase.Waiting)
                connection.End();
            else
                connection.Abort();
        }
    }

    private TimeSpan LimitOf(ConnectionPhase phase) => phase switch
    {
        ConnectionPhase.Handshake => options.HandshakeLimit,
        ConnectionPhase.Waiting => IdleLimit,
        ConnectionPhase.Working => TimeSpan.MaxValue,
        ConnectionPhase.Writing => options.WriteLimit,
        ConnectionPhase.Ending => options.HandshakeLimit,
        ConnectionPhase.Over => TimeSpan.MaxValue,
    };
}
