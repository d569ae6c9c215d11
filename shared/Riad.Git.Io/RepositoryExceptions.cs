namespace Riad.Git.Io;

/// <summary>The folder is no repository that Riad can serve; the message says why and what to do.</summary>
public sealed class RepositoryRefusedException : IOException
{
    internal RepositoryRefusedException(string message) : base(message) { }
}

/// <summary>The repository is damaged: what git fsck would complain about.</summary>
public sealed class RepositoryDamagedException : IOException
{
    internal RepositoryDamagedException(string message) : base(message) { }
}
