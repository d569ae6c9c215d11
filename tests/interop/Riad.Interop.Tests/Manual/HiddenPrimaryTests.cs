using Riad.Interop.Tests.PrimaryGit;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Manual;

/// <summary>The page about a hidden primary, word by word.</summary>
public sealed class HiddenPrimaryTests
{
    [RootFact]
    public void Every_block_of_the_page_does_what_the_page_says()
    {
        var steps = ManualPage.Read("hidden-primary.md");
        using var machines = new Machines([("hidden", "192.0.2.1"), ("ns1", "192.0.2.53"), ("ns2", "198.51.100.53")]);
        foreach (var step in steps)
        {
            var seen = step.IsApart ? Workplace.Await(machines.Launch(step.Machine, step.Commands), step.IsSeenIn) : Run(machines, step);
            Assert.True(step.IsSeenIn(seen), $"on {step.Machine}:\n{step.Commands}\n\nexpected:\n{string.Join('\n', step.Expected)}\n\nseen:\n{seen}\n\n{machines.Logs()}");
        }
        Assert.Equal(8, steps.Count);
    }

    /// <summary>What only asks is asked again until it is as it should be; anything else is done once.</summary>
    private static string Run(Machines machines, ManualStep step)
    {
        if (step.Commands.StartsWith("dig ", StringComparison.Ordinal))
            return Workplace.Await(() => machines.Run(step.Machine, step.Commands).ToString(), step.IsSeenIn);
        return machines.Run(step.Machine, step.Commands).MustSucceed().ToString();
    }
}
