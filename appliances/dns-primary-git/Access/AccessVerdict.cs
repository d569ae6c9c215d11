using Riad.Core;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>What follows for a request.</summary>
internal abstract record AccessVerdict
{
    private AccessVerdict() { }

    /// <summary>It may pass.</summary>
    public sealed record Allow : AccessVerdict;

    /// <summary>It may learn whether we are well, not why.</summary>
    public sealed record AllowBrief : AccessVerdict;

    /// <summary>It may pass with a user's name and password.</summary>
    /// <param name="Client">Who is slowed down when they are wrong.</param>
    public sealed record Authenticate(IpAddress Client) : AccessVerdict;

    /// <summary>It may not pass.</summary>
    /// <param name="Sentence">Why, and what to do instead.</param>
    public sealed record Refuse(string Sentence) : AccessVerdict;
}
