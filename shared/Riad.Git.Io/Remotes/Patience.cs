namespace Riad.Git.Io.Remotes;

/// <summary>Ends a conversation that takes too long, or in which nothing is heard.</summary>
internal sealed class Patience : IDisposable
{
    // A line of 64 KiB may take longer than silence may last; less than this in that time is no progress.
    private const int ProgressOctets = 512;

    private readonly CancellationTokenSource whole;
    private readonly CancellationTokenSource silence;
    private readonly RemoteTimes times;
    private int crumbs;

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

    /// <summary>A line came, or something went: the time of silence begins anew.</summary>
    public void Heard()
    {
        crumbs = 0;
        silence.CancelAfter(times.Silence);
    }

    /// <summary>So many octets came, which need not be a line yet: a few of them now and then are as good as silence.</summary>
    public void Heard(int octets)
    {
        crumbs += octets;
        if (crumbs >= ProgressOctets)
            Heard();
    }

    public void Dispose()
    {
        silence.Dispose();
        whole.Dispose();
    }
}
