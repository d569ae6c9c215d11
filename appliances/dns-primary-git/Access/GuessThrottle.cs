using Riad.Core;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>Slows down who guesses passwords. A mutable engine: deterministic, with one owner at a time.</summary>
/// <remarks>
/// Each client has a few free attempts; after that each failure doubles the wait, up to a minute, and quiet time forgives
/// one failure after the other. The table has a fixed size; when it is full the client that was quiet for longest is
/// forgotten, so that many clients cost an attacker addresses and us nothing.
/// </remarks>
internal sealed class GuessThrottle(int mostClients)
{
    private const int FreeFailures = 5;
    private const int MostFailures = FreeFailures + 6;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ForgivenAfter = TimeSpan.FromMinutes(1);

    private readonly Dictionary<IpAddress, LinkedListNode<Guesser>> guessers = [];
    private readonly LinkedList<Guesser> byLastFailure = [];

    /// <summary>How many clients it remembers.</summary>
    public int Count => guessers.Count;

    /// <summary>Counts an attempt, as a failure until <see cref="Succeeded"/> says otherwise.</summary>
    /// <param name="client">An IPv4 address, or an IPv6 /64.</param>
    /// <param name="now">The time.</param>
    /// <param name="wait">How long the client has to wait, when false is returned.</param>
    /// <remarks>Counting first means that a thousand attempts at once are a thousand failures, not one.</remarks>
    public bool TryBegin(IpAddress client, Elapsed now, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        var failures = 0;
        if (guessers.TryGetValue(client, out var node))
        {
            failures = Remaining(node.Value, now);
            wait = WaitAfter(failures) - (now - node.Value.Last);
            if (wait > TimeSpan.Zero)
                return false;
            byLastFailure.Remove(node);
        }
        else if (guessers.Count >= mostClients)
        {
            guessers.Remove(byLastFailure.First!.Value.Client);
            byLastFailure.RemoveFirst();
        }
        wait = TimeSpan.Zero;
        guessers[client] = byLastFailure.AddLast(new Guesser(client, Math.Min(failures + 1, MostFailures), now));
        return true;
    }

    /// <summary>Takes back the attempt that <see cref="TryBegin"/> counted.</summary>
    public void Succeeded(IpAddress client)
    {
        if (!guessers.TryGetValue(client, out var node))
            return;
        if (node.Value.Failures > 1)
        {
            node.Value = node.Value with { Failures = node.Value.Failures - 1 };
            return;
        }
        guessers.Remove(client);
        byLastFailure.Remove(node);
    }

    private static int Remaining(Guesser guesser, Elapsed now) =>
        Math.Max(0, guesser.Failures - (int)((now - guesser.Last) / ForgivenAfter));

    private static TimeSpan WaitAfter(int failures) =>
        failures < FreeFailures ? TimeSpan.Zero : FirstWait * (1 << (failures - FreeFailures));

    private readonly record struct Guesser(IpAddress Client, int Failures, Elapsed Last);
}
