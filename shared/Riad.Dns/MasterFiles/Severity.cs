namespace Riad.Dns.MasterFiles;

/// <summary>Whether a fault keeps a zone from being served.</summary>
public enum Severity
{
    /// <summary>The zone is refused.</summary>
    Error,

    /// <summary>The zone is served, and whoever wrote it is told.</summary>
    Warning,
}
