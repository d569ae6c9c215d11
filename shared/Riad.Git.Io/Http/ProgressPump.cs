using System.IO.Pipelines;
using System.Threading.Channels;
using Riad.Git.Protocol;

namespace Riad.Git.Io.Http;

/// <summary>Shows the words of long work to the person at the client, and signs of life while there are none.</summary>
/// <param name="output">The answer.</param>
/// <param name="sideBandOctets">The longest piece of the side band; 0 when the client has none, and then nothing is shown.</param>
/// <param name="keepAlive">After this long without a word, a sign of life.</param>
internal sealed class ProgressPump(PipeWriter output, int sideBandOctets, TimeSpan keepAlive)
{
    /// <summary>Runs the work. Nothing else may write to the answer meanwhile.</summary>
    /// <param name="work">Given a sink for words, from any thread; they appear as they come.</param>
    /// <param name="stop">The client went: the words go nowhere, and the work decides for itself whether to go on.</param>
    public async Task<T> RunAsync<T>(Func<Action<string>, Task<T>> work, CancellationToken stop)
    {
        var words = Channel.CreateUnbounded<string>(new() { SingleReader = true });
        var pumping = PumpAsync(words.Reader, stop);
        try
        {
            return await work(text => words.Writer.TryWrite(text));
        }
        finally
        {
            words.Writer.Complete();
            await pumping;
        }
    }

    private async Task PumpAsync(ChannelReader<string> words, CancellationToken stop)
    {
        var band = new SideBandWriter(output, sideBandOctets);
        try
        {
            for (var waiting = words.WaitToReadAsync(stop).AsTask(); await IsOpenAsync(waiting, band, stop); waiting = words.WaitToReadAsync(stop).AsTask())
            {
                while (words.TryRead(out var text))
                {
                    if (sideBandOctets > 0)
                        band.WriteProgress(text);
                }
                if (sideBandOctets > 0)
                    await output.FlushAsync(stop);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client went; the work notices by itself.
        }
    }

    private async Task<bool> IsOpenAsync(Task<bool> waiting, SideBandWriter band, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await waiting.WaitAsync(keepAlive, stop);
            }
            catch (TimeoutException) when (sideBandOctets > 0)
            {
                band.WriteKeepAlive();
                await output.FlushAsync(stop);
            }
            catch (TimeoutException)
            {
                // A client without side band cannot be told anything.
            }
        }
    }
}
