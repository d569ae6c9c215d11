using Riad.Core;
using Riad.Dns.Server;
using Riad.Net;

namespace Riad.Dns.Io;

/// <summary>Answers batches of datagrams on one thread. The clock is read once for each batch.</summary>
internal sealed class DatagramAnswerer(IAnswerer answerer, RequestDesk? requests, ServerClock clock, TransportCounters counters, Action<Exception> report) : IDatagramHandler
{
    private const int HeaderOctets = 12;

    public void Handle(DatagramBatch batch)
    {
        var now = clock.Read();
        var count = default(BatchCount);
        try
        {
            answerer.Begin(now);
        }
        catch (Exception exception)
        {
            report(exception);
            return;
        }
        for (var i = 0; i < batch.Count; i++)
        {
            var length = batch.Received(i).Length < HeaderOctets ? 0 : Answer(batch, i, now, ref count);
            if (length == IAnswerer.Request)
            {
                requests?.Take(batch, i, now, counters);
                length = 0;
            }
            batch.SetAnswer(i, length);
            count.Add(batch.Answer(i));
        }
        answerer.End();
        counters.Add(count);
        counters.Sample(now.Elapsed, clock);
    }

    public bool TryShorten(DatagramBatch batch, int index)
    {
        var length = Truncation.CutToQuestion(batch.AnswerSpace(index)[..batch.Answer(index).Length]);
        batch.SetAnswer(index, length);
        return length > 0;
    }

    // A fault of ours costs one answer, not the thread.
    private int Answer(DatagramBatch batch, int index, in Now now, ref BatchCount count)
    {
        try
        {
            var context = new QueryContext(batch.Source(index).Address, DnsTransport.Udp, now, TimeSpan.Zero);
            return answerer.Answer(context, batch.Received(index), batch.AnswerSpace(index));
        }
        catch (Exception exception)
        {
            count.Faults++;
            report(exception);
            return 0;
        }
    }
}
