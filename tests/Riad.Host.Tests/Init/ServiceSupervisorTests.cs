using System.Diagnostics;
using System.Globalization;
using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

/// <summary>Real processes, as the first process of a machine starts them.</summary>
public sealed class ServiceSupervisorTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();
    private readonly StringWriter console = new();
    private int ends;

    [Fact]
    public async Task What_ends_is_started_again_and_what_it_said_is_kept()
    {
        using var stop = new CancellationTokenSource(Patience);
        var starts = 0;
        var supervisor = Create(() =>
        {
            // The second one stays, until it is asked to end.
            if (++starts == 1)
                return Start("echo last words >&2; kill -s ABRT $$");
            stop.CancelAfter(TimeSpan.FromMilliseconds(1));
            return Start("exec sleep 600");
        });
        await supervisor.RunAsync(stop.Token);

        Assert.Equal((2, 2), (starts, ends));
        Assert.Equal(0, supervisor.Running);
        var lines = await File.ReadAllLinesAsync(Assert.Single(Directory.EnumerateFiles(folder.PathOf("crashes"))));
        Assert.StartsWith("the service was ended by signal 6 after ", lines[0], StringComparison.Ordinal);
        Assert.Equal("last words", lines[1]);
        Assert.Contains("last words\n", console.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public async Task A_service_that_says_that_it_cannot_run_leaves_the_crashes_that_are_kept_alone(int code)
    {
        using var stop = new CancellationTokenSource(Patience);
        var starts = 0;
        await Create(() =>
        {
            if (++starts == 2)
                stop.Cancel();
            return Start(string.Create(CultureInfo.InvariantCulture, $"exit {code}"));
        }).RunAsync(stop.Token);

        Assert.Equal(2, starts);
        Assert.False(Directory.Exists(folder.PathOf("crashes")));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_tried_again()
    {
        using var stop = new CancellationTokenSource(Patience);
        var starts = 0;
        await Create(() =>
        {
            if (++starts == 2)
                stop.Cancel();
            return Process.Start(new ProcessStartInfo("/nowhere") { UseShellExecute = false, RedirectStandardError = true })!;
        }).RunAsync(stop.Token);

        Assert.Equal(2, starts);
    }

    [Fact]
    public async Task A_service_that_never_ends_its_line_does_not_fill_the_memory_of_the_first_process()
    {
        using var stop = new CancellationTokenSource(Patience);
        await using var watched = new Watched(() => stop.CancelAfter(TimeSpan.FromMilliseconds(1)));
        var log = new MachineLog(watched);
        // It ends when something of its line was handed on, and not before.
        await new ServiceSupervisor(() => Start("head -c 10000 /dev/zero | tr '\\0' x; exec sleep 600"), static () => { }, pulse: null, new(folder.PathOf("crashes"), log), new(TimeProvider.System), log).RunAsync(stop.Token);

        Assert.Equal(LineReader.MaxLineLength, watched.ToString().IndexOf('\n', StringComparison.Ordinal));
    }

    public void Dispose()
    {
        folder.Dispose();
        console.Dispose();
    }

    private static Process Start(string script) =>
        Process.Start(new ProcessStartInfo("sh", ["-c", script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;

    private ServiceSupervisor Create(Func<Process> start)
    {
        var log = new MachineLog(console);
        return new(start, () => ends++, pulse: null, new(folder.PathOf("crashes"), log), new(TimeProvider.System), log);
    }

    private sealed class Watched(Action written) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            written();
        }
    }
}
