using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using Riad.Git.Protocol;

namespace Riad.Git.Io.Remotes;

/// <summary>A conversation through the pipes of a program: ssh, or git on this machine.</summary>
internal sealed class ProgramSession(ProcessStartInfo start) : RemoteSession
{
    private const int MaxWordCharacters = 4096;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly StringBuilder words = new();
    private Process? process;
    private PipeReader? output;
    private Task listening = Task.CompletedTask;
    private bool isGivenUp;

    /// <inheritdoc/>
    public override void GiveUp() => isGivenUp = true;

    /// <inheritdoc/>
    public override Task<PipeReader> GreetAsync(Patience patience)
    {
        try
        {
            process = Process.Start(start) ?? throw new RemoteException($"{start.FileName} did not start");
        }
        catch (Win32Exception missing)
        {
            throw new RemoteException($"the program {start.FileName} is needed for this remote and cannot be run ({missing.Message})", cause: missing);
        }
        listening = ListenAsync(process.StandardError);
        output = PipeReader.Create(new HeardStream(process.StandardOutput.BaseStream, patience), Buffers);
        return Task.FromResult(output);
    }

    /// <inheritdoc/>
    public override async Task<PipeReader> AskAsync(IEnumerable<ReadOnlyMemory<byte>> pieces, Patience patience)
    {
        HasAsked = true;
        try
        {
            var input = process!.StandardInput.BaseStream;
            foreach (var piece in pieces)
            {
                await input.WriteAsync(piece, patience.Token);
                patience.Heard();
            }
            await input.FlushAsync(patience.Token);
        }
        catch (IOException)
        {
            // The program stopped listening; what it says says why.
        }
        return output!;
    }

    /// <inheritdoc/>
    public override async Task LeaveAsync(Patience patience)
    {
        try
        {
            await process!.StandardInput.BaseStream.WriteAsync("0000"u8.ToArray(), patience.Token);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It left first.
        }
    }

    /// <inheritdoc/>
    public override async Task<string> WhyAsync()
    {
        CloseInput();
        await Task.WhenAny(listening, Task.Delay(LastWords));
        lock (words)
        {
            var lines = TerminalText.Clean(words.ToString()).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return string.Join("; ", lines.TakeLast(3));
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (process is null)
            return;
        CloseInput();
        using (var patience = new CancellationTokenSource(isGivenUp ? TimeSpan.Zero : LastWords))
        {
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        // A process does not close what was read of it.
        await output!.CompleteAsync();
        process.StandardError.Dispose();
        process.Dispose();
    }

    private void CloseInput()
    {
        try
        {
            process?.StandardInput.Close();
        }
        catch (IOException)
        {
            // What could not be sent any more is lost with the conversation.
        }
    }

    private async Task ListenAsync(StreamReader errors)
    {
        var buffer = new char[1024];
        try
        {
            while (await errors.ReadAsync(buffer) is > 0 and var read)
            {
                lock (words)
                {
                    words.Append(buffer, 0, read);
                    if (words.Length > MaxWordCharacters)
                        words.Remove(0, words.Length - MaxWordCharacters);
                }
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The program was ended while it was listened to.
        }
    }
}
