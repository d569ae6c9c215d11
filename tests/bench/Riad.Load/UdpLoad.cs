using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;

namespace Riad.Load;

/// <summary>Keeps a window of queries outstanding on each socket, or sends at a rate, and measures the answers.</summary>
internal sealed unsafe class UdpLoad
{
    private const long LostAfterNanoseconds = 500_000_000;
    private const int SlotBits = 10; // the query's id is the slot and how often it was used

    private readonly Arguments arguments;
    private readonly Lane[] lanes;
    private readonly Histogram latencies = new();
    private readonly byte* queries;
    private readonly int queriesLength;
    private int nextQuery;
    private long sent;
    private long received;
    private long lost;
    private long noError;

    private UdpLoad(Arguments arguments)
    {
        this.arguments = arguments;
        var file = File.ReadAllBytes(arguments.Queries);
        queriesLength = file.Length;
        queries = (byte*)NativeMemory.Alloc((nuint)file.Length);
        file.CopyTo(new Span<byte>(queries, file.Length));
        lanes = [.. Enumerable.Range(0, arguments.Sockets).Select(_ => new Lane(new(IPAddress.Loopback, arguments.Port), arguments.Window))];
    }

    public static LoadResult Run(Arguments arguments) => new UdpLoad(arguments).Measure();

    private LoadResult Measure()
    {
        Drive(arguments.Warm);
        latencies.Clear();
        (sent, received, lost, noError) = (0, 0, 0, 0);
        var (cpu, clock) = (ProcessClock.Seconds(arguments.Processes), Stopwatch.StartNew());
        Drive(arguments.Duration);
        var (seconds, spent) = (clock.Elapsed.TotalSeconds, ProcessClock.Seconds(arguments.Processes) - cpu);
        foreach (var lane in lanes)
            lane.Socket.Dispose();
        return new(
            received / seconds, 100.0 * lost / Math.Max(1, sent), 1e6 * spent / Math.Max(1, received),
            latencies.Quantile(0.5), latencies.Quantile(0.99), latencies.Quantile(0.999), 100.0 * noError / Math.Max(1, received));
    }

    private void Drive(TimeSpan duration)
    {
        var start = Nanoseconds();
        var end = start + (long)duration.TotalNanoseconds;
        var (nextSweep, paced) = (start, 0L);
        for (var now = start; now < end; now = Nanoseconds())
        {
            foreach (var lane in lanes)
            {
                Receive(lane);
                var due = arguments.Rate == 0 ? int.MaxValue : (int)(((now - start) * arguments.Rate / 1e9) - paced) / lanes.Length;
                paced += Send(lane, Math.Min(due, BatchSocket.Batch));
            }
            if (now < nextSweep)
                continue;
            nextSweep = now + (LostAfterNanoseconds / 10);
            foreach (var lane in lanes)
                lost += lane.FreeLost(now - LostAfterNanoseconds);
        }
    }

    private void Receive(Lane lane)
    {
        var count = lane.Socket.Receive();
        var now = Nanoseconds();
        for (var index = 0; index < count; index++)
        {
            var answer = lane.Socket.Received(index);
            if (answer.Length < 12 || !lane.TryFree((answer[0] << 8) | answer[1], out var sentAt))
                continue;
            latencies.Add(now - sentAt);
            received++;
            noError += (answer[3] & 15) == 0 ? 1 : 0;
        }
    }

    private int Send(Lane lane, int most)
    {
        var count = Math.Min(most, lane.FreeCount);
        if (count <= 0)
            return 0;
        var now = Nanoseconds();
        for (var index = 0; index < count; index++)
        {
            var length = (queries[nextQuery] << 8) | queries[nextQuery + 1];
            var octets = queries + nextQuery + 2;
            var id = lane.Use(index, now);
            (octets[0], octets[1]) = ((byte)(id >> 8), (byte)id);
            lane.Socket.SetNext(index, octets, length);
            nextQuery += length + 2;
            if (nextQuery >= queriesLength)
                nextQuery = 0;
        }
        var went = lane.Socket.Send(count);
        lane.Commit(went, count);
        sent += went;
        return went;
    }

    private static long Nanoseconds() => Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);

    /// <summary>One socket and the slots of its window.</summary>
    private sealed class Lane(IPEndPoint server, int window)
    {
        private readonly int[] free = [.. Enumerable.Range(0, window)];
        private readonly long[] sentAt = new long[window]; // 0: the slot is free
        private readonly byte[] uses = new byte[window];

        public BatchSocket Socket { get; } = new(server);

        public int FreeCount { get; private set; } = window;

        /// <summary>The id for the query at this place of the batch.</summary>
        public int Use(int index, long now)
        {
            var slot = free[FreeCount - 1 - index];
            sentAt[slot] = now;
            return ((uses[slot] & 63) << SlotBits) | slot;
        }

        /// <summary>Takes the slots of what went, and gives back those of what did not.</summary>
        public void Commit(int went, int chosen)
        {
            for (var index = went; index < chosen; index++)
                sentAt[free[FreeCount - 1 - index]] = 0;
            FreeCount -= went;
        }

        public bool TryFree(int id, out long at)
        {
            var slot = id & ((1 << SlotBits) - 1);
            at = 0;
            if (slot >= sentAt.Length || sentAt[slot] == 0 || (uses[slot] & 63) != id >> SlotBits)
                return false;
            at = sentAt[slot];
            Free(slot);
            return true;
        }

        public int FreeLost(long before)
        {
            var gone = 0;
            for (var slot = 0; slot < sentAt.Length; slot++)
            {
                if (sentAt[slot] == 0 || sentAt[slot] > before)
                    continue;
                Free(slot);
                gone++;
            }
            return gone;
        }

        private void Free(int slot)
        {
            sentAt[slot] = 0;
            uses[slot]++;
            free[FreeCount++] = slot;
        }
    }
}
