using System.Collections.Immutable;
using System.Threading.Channels;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Secondary;
using Riad.Dns.Tsig;
using Riad.Dns.Zones;

namespace Riad.Dns.Io.Transfers;

/// <summary>Runs <see cref="SecondaryZones"/>: clock, connections, and what follows from them. Decides nothing.</summary>
/// <param name="zones">Owned by this driver from now on.</param>
/// <param name="client">Asks primaries.</param>
/// <param name="findKey">The key of a name at this moment; null when there is none.</param>
/// <param name="clock">Both clocks.</param>
public sealed class SecondaryDriver(SecondaryZones zones, PrimaryClient client, Func<DomainName, TsigKey?> findKey, TimeProvider clock)
{
    private const int MaxWaiting = 100_000; // NOTIFYs beyond are dropped, as a network might

    // A timer takes 49 days at most, and a zone may live longer. A tick too early does nothing.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly ServerClock time = new(clock);
    private readonly Lock gate = new();
    private readonly Channel<SecondaryInput> inputs = Channel.CreateUnbounded<SecondaryInput>(new() { SingleReader = true });
    private readonly Dictionary<long, (Task Task, CancellationTokenSource Stop)> attempts = [];
    private readonly List<SecondaryOutput> outputs = [];
    private ZoneSet served = ZoneSet.Empty;
    private int waiting;

    /// <summary>What is served changed. Called by the driver, one call at a time.</summary>
    public Action<ZoneSet> Serve { get; init; } = static _ => { };

    /// <summary>Something worth telling happened. Called by the driver, one call at a time, after <see cref="Serve"/>.</summary>
    public Action<SecondaryOutput> Tell { get; init; } = static _ => { };

    /// <summary>Told about faults of ours: such an attempt counts as failed. Called from any thread.</summary>
    public Action<Exception> Report { get; init; } = static _ => { };

    /// <summary>The monotonic clock of the zones' timers.</summary>
    public Elapsed Now => time.Elapsed;

    /// <summary>Hands an input to the zones. From any thread.</summary>
    /// <returns>False for a NOTIFY that was dropped, because too much waits already.</returns>
    public bool Post(SecondaryInput input)
    {
        if (input is SecondaryInput.Notified && Volatile.Read(ref waiting) > MaxWaiting)
            return false;
        Write(input);
        return true;
    }

    /// <summary>Looks at the zones as they are now. From any thread.</summary>
    /// <param name="look">Must be quick, and keep nothing that it sees but values.</param>
    public T Read<T>(Func<SecondaryZones, T> look)
    {
        lock (gate)
            return look(zones);
    }

    /// <summary>Takes what was posted so far, so that it is served before anybody can ask. To be called before <see cref="RunAsync(CancellationToken)"/>; nobody is asked yet.</summary>
    public void Prepare()
    {
        Step();
        Publish();
    }

    /// <summary>Follows until it is told to stop; every connection is closed then.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var timer = clock.CreateTimer(_ => Write(new SecondaryInput.Tick()), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            Perform(stop); // what was prepared
            SetTimer(timer);
            while (await inputs.Reader.WaitToReadAsync(stop))
            {
                Step();
                Perform(stop);
                SetTimer(timer);
            }
        }
        finally
        {
            foreach (var attempt in attempts.Values)
                attempt.Stop.Cancel();
            await Task.WhenAll(attempts.Values.Select(attempt => attempt.Task));
        }
    }

    private void Step()
    {
        lock (gate)
        {
            while (inputs.Reader.TryRead(out var input))
            {
                Interlocked.Decrement(ref waiting);
                if (input is SecondaryInput.Finished(var attempt, _) && attempts.Remove(attempt, out var ended))
                    ended.Stop.Dispose();
                zones.Step(input, time.Elapsed, outputs);
            }
        }
    }

    private void Publish()
    {
        var next = zones.Apply(served);
        if (!ReferenceEquals(next, served))
            Serve(next);
        served = next;
    }

    private void Perform(CancellationToken stop)
    {
        Publish();
        foreach (var output in outputs)
        {
            if (output is SecondaryOutput.Ask ask)
                Begin(ask, stop);
            else if (output is SecondaryOutput.CallOff(var attempt) && attempts.TryGetValue(attempt, out var running))
                running.Stop.Cancel();
            Tell(output);
        }
        outputs.Clear();
    }

    private void SetTimer(ITimer timer)
    {
        if (zones.WakeAt is not { } at)
            return;
        var wait = at - time.Elapsed;
        timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait, Timeout.InfiniteTimeSpan);
    }

    private void Begin(SecondaryOutput.Ask ask, CancellationToken stop)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        attempts.Add(ask.Attempt, (RunAsync(ask, source.Token), source));
    }

    private async Task RunAsync(SecondaryOutput.Ask ask, CancellationToken stop)
    {
        var key = ask.Primary.Key is { } name ? findKey(name) : null;
        AttemptResult result;
        try
        {
            result = ask.Primary.Key is { } wanted && key is null
                ? new AttemptResult.Failed(new RefreshFailure.NotTrusted($"there is no key {wanted.ToStringWithoutFinalDot()} any more"))
                : await client.AskAsync(ask, key, stop);
        }
        catch (OperationCanceledException)
        {
            result = new AttemptResult.Failed(new RefreshFailure.TimedOut());
        }
        catch (Exception exception)
        {
            Report(exception);
            result = new AttemptResult.Failed(new RefreshFailure.Unreachable("a fault of ours, which the log has"));
        }
        Write(new SecondaryInput.Finished(ask.Attempt, result));
    }

    private void Write(SecondaryInput input)
    {
        Interlocked.Increment(ref waiting);
        inputs.Writer.TryWrite(input);
    }
}
