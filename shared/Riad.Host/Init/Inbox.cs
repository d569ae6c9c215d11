using System.Threading.Channels;
using Riad.Core;

namespace Riad.Host.Init;

/// <summary>What happens to an engine, from several sources, one thing after the other; and its alarm clock.</summary>
/// <remarks>It holds a hundred; who sends faster than that is not heard, as on any network.</remarks>
internal sealed class Inbox<T>(HostClock clock)
    where T : class
{
    private const int Capacity = 100;

    private readonly Channel<T> waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Takes what happened.</summary>
    public void Put(T happened) => waiting.Writer.TryWrite(happened);

    /// <summary>The next that happened; null when the time has come, which goes first, or when all is over.</summary>
    /// <param name="wakeAt">When to give null; never without one, but for once a day.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async Task<T?> NextAsync(Elapsed? wakeAt, CancellationToken stop)
    {
        var wait = AlarmClock.Wait(wakeAt, clock.Elapsed);
        if (wait == TimeSpan.Zero)
            return null;
        if (waiting.Reader.TryRead(out var happened))
            return happened;
        using var alarm = new CancellationTokenSource(wait, clock.Provider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, stop);
        try
        {
            return await waiting.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
