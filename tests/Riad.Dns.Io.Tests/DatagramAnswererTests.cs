using Riad.Core;
using Riad.Dns.Server;
using Riad.Dns.Tests;
using Riad.Net;

namespace Riad.Dns.Io.Tests;

public sealed class DatagramAnswererTests
{
    [Fact]
    public void A_million_queries_allocate_nothing()
    {
        var counters = new TransportCounters();
        var answerer = new DatagramAnswerer(new Copy(), null, new ServerClock(TimeProvider.System), counters, _ => Assert.Fail());
        var batch = new DatagramBatch(32, 512, 512);
        Fill(batch);

        var rounds = 0;
        var allocated = Allocated.EachTime(() =>
        {
            rounds++;
            for (var i = 0; i < 1_000_000 / 32; i++)
                answerer.Handle(batch);
        });

        Assert.Equal(0, allocated);
        Assert.Equal(1_000_000 * rounds, counters.Read().Answers);
    }

    private static void Fill(DatagramBatch batch)
    {
        for (var i = 0; i < 32; i++)
        {
            Dialogue.Query(i).CopyTo(batch.ReceiveSpace(i));
            batch.SetReceived(i, 12, default);
        }
        batch.SetCount(32);
    }

    private sealed class Copy : IAnswerer
    {
        public void Begin(Now now)
        {
        }

        public void End()
        {
        }

        public int Answer(in QueryContext context, ReadOnlySpan<byte> query, Span<byte> answer)
        {
            query.CopyTo(answer);
            return query.Length;
        }
    }
}
