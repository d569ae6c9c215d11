using System.Reflection;
using Riad.Images.Records;

namespace Riad.Images.Io;

/// <summary>The sources that images are built from.</summary>
/// <param name="Root">The folder with Riad.slnx.</param>
/// <param name="Commit">Forty hexadecimal digits, <c>-changed</c> behind them when files differ from it; <c>unknown</c> without Git.</param>
/// <param name="Time">The commit's, or that of SOURCE_DATE_EPOCH.</param>
internal sealed record SourceRepository(string Root, string Commit, DateTimeOffset Time)
{
    /// <summary>The version of the builder, which is that of everything here.</summary>
    public static string Version { get; } = (typeof(SourceRepository).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    /// <summary>True when the commit alone says what the sources are.</summary>
    public bool IsCommitted => Commit.Length == 40;

    /// <summary>Reads what is there.</summary>
    /// <exception cref="BuildException">The time that is asked for is none.</exception>
    public static async Task<SourceRepository> OpenAsync(string root)
    {
        var log = await ExternalProgram.RunAsync("git", ["-C", root, "log", "-1", "--format=%H %ct"]);
        if (log.ExitCode != 0 || log.Text.Trim().Split(' ') is not [var commit, var seconds])
            (commit, seconds) = ("unknown", "1767225600");
        else if ((await ExternalProgram.RunAsync("git", ["-C", root, "status", "--porcelain"])).Output.Length > 0)
            commit += "-changed";
        var chosen = Environment.GetEnvironmentVariable(SourceDate.Variable) is { Length: > 0 } asked ? asked : seconds;
        return SourceDate.TryParse(chosen, out var time)
            ? new(root, commit, time)
            : throw new BuildException($"{SourceDate.Variable} is '{chosen}': write seconds since 1970, such as 1767225600, or leave it out");
    }

    /// <summary>The repository around the current folder.</summary>
    /// <exception cref="BuildException">There is none.</exception>
    public static string FindRoot()
    {
        for (var folder = Environment.CurrentDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Riad.slnx")))
                return folder;
        }
        throw new BuildException("This is not inside Riad's repository: start it there");
    }
}
