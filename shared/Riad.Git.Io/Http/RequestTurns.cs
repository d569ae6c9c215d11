using Microsoft.AspNetCore.Http;

namespace Riad.Git.Io.Http;

/// <summary>How many requests of a kind are served at a time.</summary>
/// <param name="count">At a time.</param>
/// <param name="patience">Who waits for longer is told to come back.</param>
internal sealed class RequestTurns(int count, TimeSpan patience) : IDisposable
{
    private readonly SemaphoreSlim turns = new(count);

    /// <summary>Serves a request once it is its turn.</summary>
    /// <exception cref="OperationCanceledException">The client went.</exception>
    public async Task RunAsync(HttpContext context, Func<Task> serve)
    {
        if (!await turns.WaitAsync(patience, context.RequestAborted))
        {
            context.Response.Headers.RetryAfter = "30";
            await GitAnswer.SentenceAsync(context, StatusCodes.Status503ServiceUnavailable, "Too many clients at once; try again in half a minute.");
            return;
        }
        try
        {
            await serve();
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();
}
