using System.Text;
using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class PatientConsoleTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Stopped terminal = new();

    [Fact]
    public void A_console_that_somebody_stopped_keeps_nobody_waiting()
    {
        using var console = new PatientConsole(terminal, room: 10);
        var log = new MachineLog(console);
        foreach (var line in (string[])["one", "two", "three", "four"])
            log.Pass(line);
        Assert.Equal("", terminal.Written);

        terminal.GoOn();
        Assert.True(console.Drain(Patience));
        Assert.Equal("one\ntwo\nmachine: 2 lines were left out, since the console did not take them\n", terminal.Written);
        log.Pass("five");
        Assert.True(console.Drain(Patience));
        Assert.EndsWith("them\nfive\n", terminal.Written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_console_that_stays_stopped_is_given_up_at_the_end()
    {
        using var console = new PatientConsole(terminal);
        console.Write("one\n");

        Assert.False(console.Drain(TimeSpan.Zero));
    }

    [Fact]
    public void A_console_that_fails_is_offered_the_next_line()
    {
        using var failing = new Failing();
        using var console = new PatientConsole(failing);
        console.Write("one\n");
        console.Write("two\n");

        Assert.True(console.Drain(Patience));
        Assert.Equal(2, failing.Offered);
    }

    // The console's thread may still stand in it.
    public void Dispose() => terminal.GoOn();

    private sealed class Stopped : TextWriter
    {
        private readonly ManualResetEventSlim going = new();
        private readonly StringBuilder written = new();

        public override Encoding Encoding => Encoding.UTF8;

        public string Written
        {
            get
            {
                lock (written)
                    return written.ToString();
            }
        }

        public void GoOn() => going.Set();

        public override void Write(string? value)
        {
            going.Wait(Patience);
            lock (written)
                written.Append(value);
        }
    }

    private sealed class Failing : TextWriter
    {
        private int offered;

        public override Encoding Encoding => Encoding.UTF8;

        public int Offered => Volatile.Read(ref offered);

        public override void Write(string? value)
        {
            Interlocked.Increment(ref offered);
            throw new IOException("Input/output error");
        }
    }
}
