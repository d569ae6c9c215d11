using System.Collections.Concurrent;
using System.IO.Pipes;

namespace Riad.Host.Sample;

/// <summary>A thread that is there before anything is given up, and waits for something to try.</summary>
/// <param name="name">What the answers call it.</param>
/// <param name="wait">Blocks until there is something to try.</param>
/// <param name="wake">Ends the wait.</param>
internal sealed class EarlyThread(string name, Action wait, Action wake)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource begun = new();
    private readonly ConcurrentQueue<(Func<string> Attempt, TaskCompletionSource<string> Answer)> asked = new();

    /// <summary>One that waits as the runtime's threads do for each other.</summary>
    public static EarlyThread Waiting(string name)
    {
        var count = new SemaphoreSlim(0);
        return new(name, count.Wait, () => count.Release());
    }

    /// <summary>One that waits in a system call, where nothing but a signal reaches it.</summary>
    public static EarlyThread Reading(string name)
    {
        var writing = new AnonymousPipeServerStream(PipeDirection.Out);
        var reading = new AnonymousPipeClientStream(PipeDirection.In, writing.ClientSafePipeHandle);
        return new(name, () => reading.ReadByte(), () => writing.WriteByte(0));
    }

    /// <summary>Returns when it is there.</summary>
    public void WaitUntilBegun() => begun.Task.Wait();

    /// <summary>What it does until the process ends.</summary>
    public void Loop()
    {
        begun.SetResult();
        while (true)
        {
            wait();
            if (asked.TryDequeue(out var next))
                next.Answer.TrySetResult(next.Attempt());
        }
    }

    /// <summary>Has it try something; its name and what came of it.</summary>
    public async Task<string> TryAsync(Func<string> attempt)
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        asked.Enqueue((attempt, answer));
        wake();
        return $"{name} {await answer.Task.WaitAsync(Patience)}";
    }
}
