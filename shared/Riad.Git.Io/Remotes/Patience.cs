namespace Riad.Git.Io.Remotes;

/// <summary>Ends a conversation that takes too long, or in which nothing is heard.</summary>
internal sealed class Patience : IDisposable
{
    private readonly CancellationTokenSource whole;
    private readonly CancellationTokenSource silence;
    private readonly RemoteTimes times;

    public Patience(RemoteTimes times, CancellationToken stop)
    {
        this.times = times;
        whole = CancellationTokenSource.CreateLinkedTokenSource(stop);
        whole.CancelAfter(times.Whole);
        silence = CancellationTokenSource.CreateLinkedTokenSource(whole.Token);
        Heard();
    }

    /// <summary>Cancelled when patience is at its end, or by the caller's own token.</summary>
    public CancellationToken Token => silence.Token;

    /// <summary>Something came or went: the time without an octet begins anew.</summary>
    public void Heard() => silence.CancelAfter(times.Silence);

    public void Dispose()
    {
        silence.Dispose();
        whole.Dispose();
    }
}
