using System.Globalization;

namespace Riad.Host.Sandbox;

/// <summary>The socket and the pipes by which debuggers and profilers of .NET find a process: whoever connects can have it run what they like.</summary>
/// <remarks>
/// DOTNET_EnableDiagnostics=0 says that there are none; only the environment can, and it is read before our first line.
/// Source: .NET's documentation of diagnostic ports and of its IPC protocol.
/// </remarks>
internal static class DiagnosticPort
{
    /// <summary>Takes their names away, so that nobody finds them; null when it is done or there are none, otherwise why not.</summary>
    public static string? Close()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_EnableDiagnostics") is "0")
            return null;
        try
        {
            // The process, and when it was started: the 22nd word, of which the second, in brackets, may hold blanks.
            var state = File.ReadAllText("/proc/self/stat");
            var start = state[(state.LastIndexOf(')') + 2)..].Split(' ')[19];
            var process = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{start}");
            foreach (var name in (ReadOnlySpan<string>)[$"dotnet-diagnostic-{process}-socket", $"clr-debug-pipe-{process}-in", $"clr-debug-pipe-{process}-out"])
            {
                var path = Path.Combine(Path.GetTempPath(), name);
                if (File.Exists(path))
                    File.Delete(path);
            }
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message.TrimEnd('.');
        }
    }
}
