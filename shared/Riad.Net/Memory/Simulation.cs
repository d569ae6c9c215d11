namespace Riad.Net;

/// <summary>A conversation of several hosts on one thread and a virtual clock: days pass in milliseconds, and each run is like the last.</summary>
/// <remarks>
/// It owns every continuation of code that never says <c>ConfigureAwait(false)</c>. Code that leaves for the thread pool (TLS does) cannot
/// run in it.
/// </remarks>
public sealed class Simulation
{
    private readonly Turns turns = new();

    /// <summary>A simulation with hosts on <see cref="Network"/>.</summary>
    /// <param name="seed">Decides which datagrams are lost and which overtake each other.</param>
    public Simulation(ulong seed = 1) => Network = new(Clock, seed);

    /// <summary>Give it to everything that takes a <see cref="TimeProvider"/>.</summary>
    public VirtualClock Clock { get; } = new();

    /// <summary>Add hosts here.</summary>
    public MemoryNetwork Network { get; }

    /// <summary>Runs a conversation to its end. Time passes only while everyone waits.</summary>
    /// <exception cref="InvalidOperationException">Everyone waits, and no timer is set: the conversation would never end.</exception>
    public void Run(Func<Task> conversation)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(turns);
        try
        {
            var task = conversation();
            while (true)
            {
                turns.TakeAll();
                if (task.IsCompleted)
                    break;
                if (!Clock.TryFireNext())
                    throw new InvalidOperationException($"everyone waits for ever, after {Clock.Elapsed}");
            }
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>The continuations that may run now, in the order in which they became ready.</summary>
    private sealed class Turns : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> ready = new();

        public override void Post(SendOrPostCallback d, object? state) => ready.Enqueue((d, state));

        public override void Send(SendOrPostCallback d, object? state) => d(state);

        internal void TakeAll()
        {
            while (ready.TryDequeue(out var turn))
                turn.Callback(turn.State);
        }
    }
}
