namespace Riad.Dns.Io;

/// <summary>Wakes one who waits; what is signalled while nobody waits is kept, once.</summary>
internal sealed class Signal
{
    private readonly Lock gate = new();
    private TaskCompletionSource? waiting;
    private bool isSet;

    /// <summary>Wakes. From any thread.</summary>
    internal void Set()
    {
        lock (gate)
        {
            isSet = waiting is null;
            waiting?.TrySetResult();
            waiting = null;
        }
    }

    /// <summary>Waits for the next signal, unless one was kept. One caller at a time.</summary>
    internal Task WaitAsync()
    {
        lock (gate)
        {
            if (isSet)
            {
                isSet = false;
                return Task.CompletedTask;
            }
            waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiting.Task;
        }
    }
}
