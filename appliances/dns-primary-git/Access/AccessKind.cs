namespace Riad.DnsPrimaryGit.Access;

/// <summary>What a request is for.</summary>
internal enum AccessKind
{
    /// <summary>To change the repository.</summary>
    Push,

    /// <summary>To clone or fetch.</summary>
    Fetch,

    /// <summary>To look at zones, history, differences.</summary>
    Page,

    /// <summary>To ask whether we are well.</summary>
    Health,

    /// <summary>To say that the remote has something new: proves itself by a secret of its own.</summary>
    Hook,

    /// <summary>To read the metrics.</summary>
    Metrics,
}
