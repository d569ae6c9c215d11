using System.Reflection;

namespace Riad.Host;

/// <summary>Which program this is.</summary>
/// <param name="Version">Such as <c>0.1.0</c>.</param>
/// <param name="Commit">The commit it was built from, forty hexadecimal digits; <c>unknown</c> outside a repository.</param>
public sealed record ApplianceVersion(string Version, string Commit)
{
    /// <summary>The version of the program that runs.</summary>
    public static ApplianceVersion Current { get; } = Read(
        typeof(ApplianceVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");

    /// <summary>One line: name, version, commit.</summary>
    public string Describe(string name) => $"{name} {Version} (commit {Commit})\n";

    // The SDK writes VERSION+COMMIT.
    private static ApplianceVersion Read(string text) => text.Split('+') switch
    {
        [var version, { Length: > 0 } commit] => new(version, commit),
        [var version, ..] => new(version, "unknown"),
        [] => new("", "unknown"),
    };
}
