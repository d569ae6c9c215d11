using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class MachineProcessTests : IDisposable
{
    private readonly StringWriter console = new();
    private readonly CancellationTokenSource stop = new();

    [Fact]
    public async Task Power_off_while_interfaces_are_searched_is_no_bug()
    {
        var ending = MachineProcess.EndsWellAsync(() => Task.Delay(Timeout.Infinite, stop.Token), new(console), stop.Token);
        await stop.CancelAsync();

        Assert.True(await ending);
        Assert.Equal("", console.ToString());
    }

    [Fact]
    public async Task What_is_cancelled_without_being_asked_to_stop_is_a_bug()
    {
        Assert.False(await MachineProcess.EndsWellAsync(() => throw new OperationCanceledException(), new(console), stop.Token));
        Assert.Contains("a bug in the first process", console.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        console.Dispose();
        stop.Dispose();
    }
}
