using Riad.Core;

namespace Riad.Dns.Secondary;

/// <summary>What is to be done for a zone that is kept up to date.</summary>
public abstract record MaintenanceOutput
{
    private MaintenanceOutput()
    {
    }

    /// <summary>Ask a primary; the answer is the next input that is neither a tick nor a NOTIFY.</summary>
    public sealed record Ask(int Primary, RefreshStep Step) : MaintenanceOutput;

    /// <summary>Serve the zone no longer.</summary>
    public sealed record Expire : MaintenanceOutput;

    /// <summary>Serve the version again that was served before it expired.</summary>
    public sealed record Restore : MaintenanceOutput;

    /// <summary>No primary gave anything.</summary>
    /// <param name="Failures">One for each primary, in the order in which they were asked; at least one.</param>
    /// <param name="RetryAt">When they are asked again.</param>
    public sealed record GiveUp(Seq<RefreshFailure> Failures, Elapsed RetryAt) : MaintenanceOutput;
}
