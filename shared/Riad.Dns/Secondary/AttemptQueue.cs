using Riad.Core;

namespace Riad.Dns.Secondary;

/// <summary>Lets so many attempts run at once, and so many with one primary; the others wait in the order in which they came.</summary>
internal sealed class AttemptQueue(int maxRunning, int maxPerPrimary)
{
    private readonly SortedDictionary<IpEndpoint, Lane> lanes = [];
    private readonly Dictionary<long, IpEndpoint> running = [];
    private readonly Queue<IpEndpoint> turns = new(); // one turn for each attempt that waits

    /// <summary>Attempts under way.</summary>
    public int Running => running.Count;

    /// <summary>True when an attempt is under way.</summary>
    public bool IsRunning(long attempt) => running.ContainsKey(attempt);

    /// <summary>Puts an attempt at the end.</summary>
    public void Add(SecondaryOutput.Ask ask)
    {
        if (!lanes.TryGetValue(ask.Primary.Endpoint, out var lane))
            lanes.Add(ask.Primary.Endpoint, lane = new());
        lane.Waiting.Enqueue(ask);
        turns.Enqueue(ask.Primary.Endpoint);
    }

    /// <summary>An attempt that was under way is over.</summary>
    public void Finish(long attempt)
    {
        if (!running.Remove(attempt, out var endpoint))
            return;
        var lane = lanes[endpoint];
        lane.Running--;
        GiveTurn(endpoint, lane);
        if (lane is { Running: 0, Waiting.Count: 0 })
            lanes.Remove(endpoint);
    }

    /// <summary>Takes the next attempt that may begin.</summary>
    /// <param name="isWanted">Attempts for which it says false are dropped.</param>
    /// <param name="ask">Null when none may.</param>
    public bool TryTake(Func<SecondaryOutput.Ask, bool> isWanted, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SecondaryOutput.Ask? ask)
    {
        ask = null;
        while (running.Count < maxRunning && turns.TryDequeue(out var endpoint))
        {
            if (!lanes.TryGetValue(endpoint, out var lane))
                continue;
            if (lane.Running >= maxPerPrimary)
            {
                lane.HeldBack++;
                continue;
            }
            if (!lane.Waiting.TryDequeue(out var next))
                continue;
            if (!isWanted(next))
            {
                GiveTurn(endpoint, lane);
                if (lane is { Running: 0, Waiting.Count: 0 })
                    lanes.Remove(endpoint);
                continue;
            }
            lane.Running++;
            running.Add(next.Attempt, endpoint);
            ask = next;
            return true;
        }
        return false;
    }

    private void GiveTurn(IpEndpoint endpoint, Lane lane)
    {
        if (lane.HeldBack == 0)
            return;
        lane.HeldBack--;
        turns.Enqueue(endpoint);
    }

    private sealed class Lane
    {
        public Queue<SecondaryOutput.Ask> Waiting { get; } = new();

        public int Running { get; set; }

        /// <summary>Turns that came while the lane was full.</summary>
        public int HeldBack { get; set; }
    }
}
