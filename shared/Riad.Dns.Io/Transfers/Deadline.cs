namespace Riad.Dns.Io.Transfers;

/// <summary>Two time limits on one token: one for the whole, one that begins anew with every part.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly TimeProvider clock;
    private readonly TimeSpan part;
    private readonly long start;
    private readonly TimeSpan whole;
    private readonly CancellationTokenSource source;
    private readonly CancellationTokenRegistration stopping;

    internal Deadline(TimeProvider clock, TimeSpan whole, TimeSpan part, CancellationToken stop)
    {
        (this.clock, this.whole, this.part, start) = (clock, whole, part, clock.GetTimestamp());
        source = new(Shorter(part, whole), clock);
        stopping = stop.Register(source.Cancel);
    }

    internal CancellationToken Token => source.Token;

    /// <summary>The next part begins.</summary>
    internal void Next()
    {
        var left = whole - clock.GetElapsedTime(start);
        source.CancelAfter(left > TimeSpan.Zero ? Shorter(part, left) : TimeSpan.Zero);
    }

    public void Dispose()
    {
        stopping.Dispose();
        source.Dispose();
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
