namespace Riad.DnsPrimaryGit.Access;

/// <summary>What a credential turned out to be.</summary>
internal abstract record CredentialVerdict
{
    private CredentialVerdict() { }

    /// <summary>It is this user's.</summary>
    public sealed record Right(string User) : CredentialVerdict;

    /// <summary>It is nobody's.</summary>
    public sealed record Wrong : CredentialVerdict;

    /// <summary>It was not looked at: too many wrong ones came from there, or too many at once from everywhere.</summary>
    public sealed record Later(TimeSpan Wait) : CredentialVerdict;
}
