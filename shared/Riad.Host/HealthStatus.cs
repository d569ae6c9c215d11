namespace Riad.Host;

/// <summary>How well an appliance serves, from best to worst.</summary>
public enum HealthStatus
{
    /// <summary>It serves, and nothing is wrong.</summary>
    Ok,

    /// <summary>It serves, but something is wrong.</summary>
    Degraded,

    /// <summary>Nothing can be served.</summary>
    Unavailable,
}
