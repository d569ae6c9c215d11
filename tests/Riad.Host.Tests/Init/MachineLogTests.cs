using Riad.Host.Init;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class MachineLogTests
{
    [Fact]
    public void A_line_goes_to_every_console_and_one_that_takes_nothing_stops_none()
    {
        using var first = new StringWriter();
        using var broken = new Broken();
        using var last = new StringWriter();
        var log = new MachineLog(first, broken, last);

        log.Pass("one");
        log.Pass("two");

        Assert.Equal(("one\ntwo\n", "one\ntwo\n"), (first.ToString(), last.ToString()));
    }

    private sealed class Broken : StringWriter
    {
        public override void Write(string? value) => throw new IOException("nobody listens");
    }
}
