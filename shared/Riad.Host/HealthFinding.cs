namespace Riad.Host;

/// <summary>What one part of an appliance says about itself.</summary>
/// <param name="Status">How well it serves.</param>
/// <param name="Reason">Why it is not better, in one sentence; empty when all is well.</param>
public sealed record HealthFinding(HealthStatus Status, string Reason)
{
    /// <summary>Nothing is wrong.</summary>
    public static readonly HealthFinding Ok = new(HealthStatus.Ok, "");
}
