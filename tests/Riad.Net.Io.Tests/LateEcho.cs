using System.Threading.Channels;

namespace Riad.Net.Io.Tests;

/// <summary>Answers nothing at once, and keeps every way back.</summary>
internal sealed class LateEcho : IDatagramHandler
{
    private readonly Channel<LateAnswer> ways = Channel.CreateUnbounded<LateAnswer>();

    internal ValueTask<LateAnswer> TakeAsync(CancellationToken stop) => ways.Reader.ReadAsync(stop);

    public void Handle(DatagramBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
            ways.Writer.TryWrite(batch.Later(i));
    }

    public bool TryShorten(DatagramBatch batch, int index) => false;
}
