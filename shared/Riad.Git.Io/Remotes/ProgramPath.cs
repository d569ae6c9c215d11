namespace Riad.Git.Io.Remotes;

/// <summary>Where a program lies that a remote needs.</summary>
public static class ProgramPath
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Looks through a list of folders, as a shell does, and nowhere else: not in the current folder, where others may write.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="folders">As in PATH: whole paths with colons between them, others are passed over; null for the system's own.</param>
    /// <returns>The first that can be started; null when there is none.</returns>
    public static string? Find(string program, string? folders) => (folders ?? "/usr/local/bin:/usr/bin:/bin").Split(':')
        .Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, program)).FirstOrDefault(IsProgram);

    private static bool IsProgram(string path) => File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != UnixFileMode.None);
}
