using System.Globalization;

namespace Riad.Host.Sandbox;

/// <summary>The socket and the pipes by which debuggers and profilers of .NET find a process: whoever connects can have it run what they like.</summary>
/// <remarks>
/// DOTNET_EnableDiagnostics=0 says that there are none; only the environment can, and it is read before our first line.
/// Source: .NET's documentation of diagnostic ports and of its IPC protocol.
/// </remarks>
internal static class DiagnosticPort
{
    /// <summary>Takes the socket's name away, so that nobody finds it; null when it is done or there is none, otherwise why not.</summary>
    /// <param name="awaited">The pipe that the runtime has to be able to read.</param>
    /// <remarks>
    /// The pipes keep their names. They are this user's alone, and a thread of the runtime waits until somebody opens the first
    /// of them: whenever a signal disturbs it, it opens it anew, by its name. Were that free, then anybody could take it where
    /// the temporary folder is shared; were the pipe closed to it, it would try again each second. The second pipe, by which
    /// it would answer, may be closed.
    /// </remarks>
    public static string? Close(out IEnumerable<FileRule> awaited)
    {
        awaited = [];
        if (Environment.GetEnvironmentVariable("DOTNET_EnableDiagnostics") is "0")
            return null;
        try
        {
            // The process, and when it was started: the 22nd word, of which the second, in brackets, may hold blanks.
            var state = File.ReadAllText("/proc/self/stat");
            var start = state[(state.LastIndexOf(')') + 2)..].Split(' ')[19];
            var process = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{start}");
            awaited = [new(Path.Combine(Path.GetTempPath(), $"clr-debug-pipe-{process}-in"), FileRights.ReadFile)];
            var socket = Path.Combine(Path.GetTempPath(), $"dotnet-diagnostic-{process}-socket");
            if (File.Exists(socket))
                File.Delete(socket);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message.TrimEnd('.');
        }
    }
}
