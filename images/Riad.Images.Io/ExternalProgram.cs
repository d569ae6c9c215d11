using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Riad.Images.Io;

/// <summary>Runs other programs.</summary>
internal static class ExternalProgram
{
    // ENOENT, EACCES and ENOEXEC, the same on every Linux.
    private const int NoSuchFile = 2, NotAllowed = 13, NoProgram = 8;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its name on the path, or its place.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads; nothing by default.</param>
    /// <param name="environment">Variables besides those of this process.</param>
    /// <param name="folder">Where it runs; here by default.</param>
    /// <exception cref="BuildException">The program is not there, or cannot be started.</exception>
    public static async Task<ProgramResult> RunAsync(
        string program, IEnumerable<string> arguments, ReadOnlyMemory<byte> input = default, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder ?? "", UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        using var process = Start(start);

        using var output = new MemoryStream();
        using var error = new MemoryStream();
        await Task.WhenAll(FeedAsync(process, input), process.StandardOutput.BaseStream.CopyToAsync(output), process.StandardError.BaseStream.CopyToAsync(error));
        await process.WaitForExitAsync();
        return new(process.ExitCode, output.ToArray(), Encoding.UTF8.GetString(error.ToArray()));
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new BuildException(exception.NativeErrorCode switch
            {
                NoSuchFile => $"The program {start.FileName} is not there; install it (make setup does, on Debian)",
                NotAllowed => $"The program {start.FileName} may not be started: where its file system allows no programs (noexec), set TMPDIR to a folder on another one",
                NoProgram => $"The program {start.FileName} is for another kind of machine: build images on x86-64 Linux",
                _ => $"The program {start.FileName} cannot be started: {exception.Message}",
            });
        }
    }

    private static async Task FeedAsync(Process process, ReadOnlyMemory<byte> input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code says why.
        }
    }
}

/// <summary>What a program left behind.</summary>
/// <param name="ExitCode">0 when it is content.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record ProgramResult(int ExitCode, byte[] Output, string Error)
{
    /// <summary>The output as text.</summary>
    public string Text => Encoding.UTF8.GetString(Output);
}
