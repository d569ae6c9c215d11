namespace Riad.Host.Init;

/// <summary>The folder on a machine's disk in which the service keeps its state.</summary>
internal static class StateFolder
{
    private static readonly string[] Taken = ["crashes", "lost+found"];

    /// <summary>Makes it when it is missing, and gives it to the service. A folder of folders would not do: who owns the outer one could turn the inner one into a link.</summary>
    /// <param name="path">In full.</param>
    /// <param name="disk">What it must lie in, directly.</param>
    /// <param name="owner">The service's user and group.</param>
    /// <returns>Null when it is done; otherwise why not and what to do.</returns>
    public static string? Prepare(string path, string disk = "/data", uint owner = ServiceUser.Number)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        if (Path.GetDirectoryName(path) != disk || Taken.Contains(Path.GetFileName(path), StringComparer.Ordinal))
            return $"riad.state: '{path}' will not do; write a folder of its own directly below {disk}, such as {disk}/state";
        try
        {
            if (!OperatingSystem.IsWindows())
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be made: {exception.Message.TrimEnd('.')}; look at the disk on another machine";
        }
        return Native.ChangeOwner(path, owner, owner) == 0 ? null : $"{path} cannot be given to the service: {Native.Reason}; look at the disk on another machine";
    }
}
