using Microsoft.Extensions.Logging;

namespace Riad.Host;

/// <summary>The tasks that run as long as the appliance does. One that fails unexpectedly ends the process.</summary>
/// <remarks>A process without one of its parts looks alive and is not: a supervisor restarts what has ended.</remarks>
public sealed class BackgroundWork
{
    private readonly TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock adding = new();
    private readonly List<Task> tasks = [];
    private readonly ILogger log;
    private readonly CancellationToken stop;

    internal BackgroundWork(ILogger log, CancellationToken stop) => (this.log, this.stop) = (log, stop);

    /// <summary>Ends with the first failure.</summary>
    internal Task Failed => failed.Task;

    /// <summary>Starts a task.</summary>
    /// <param name="name">What it does, for the log.</param>
    /// <param name="work">Runs until the token is cancelled.</param>
    public void Run(string name, Func<CancellationToken, Task> work)
    {
        var task = Task.Run(() => WatchAsync(name, work), CancellationToken.None);
        lock (adding)
        {
            tasks.RemoveAll(each => each.IsCompleted);
            tasks.Add(task);
        }
    }

    /// <summary>Ends the process: for failures on threads that are no tasks.</summary>
    /// <param name="name">What failed, for the log.</param>
    /// <param name="exception">Why.</param>
    public void Fail(string name, Exception exception)
    {
        log.LogCritical(exception, "a part of the process failed, so the whole ends part={Part}", name);
        failed.TrySetException(exception);
    }

    /// <summary>Waits until every task has ended.</summary>
    internal Task FinishAsync()
    {
        lock (adding)
            return Task.WhenAll(tasks);
    }

    private async Task WatchAsync(string name, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to.
        }
        catch (Exception exception)
        {
            Fail(name, exception);
        }
    }
}
