using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Riad.Core;
using Riad.Host.Http;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>Answers <c>POST /hooks/fetch</c>: whoever knows the secret may say that the remote has something new.</summary>
/// <param name="secret">What both sides know, as it is at the moment.</param>
/// <param name="ask">Asks for a reading of the remote; called however often, it is bounded by itself.</param>
/// <param name="clock">For signatures that tell their time, and for those who send slowly.</param>
/// <param name="log">Takes refusals.</param>
/// <remarks>The body is hashed and thrown away: which commit it names is read from the remote itself.</remarks>
internal sealed class WebhookDoor(Func<string> secret, Action ask, TimeProvider clock, ILogger log) : IDisposable
{
    /// <summary>Where it is mounted.</summary>
    public const string Path = "/hooks/fetch";

    // GitHub sends no more.
    private const long MaxBodyOctets = 25 << 20;
    private const int MaxAtOnce = 8;

    // The forges themselves wait for ten seconds. Whoever sends slower than this holds a turn that others need.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim turns = new(MaxAtOnce);

    /// <summary>Answers.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.Path.HasValue)
        {
            await PlainAnswer.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "a webhook is sent here with POST");
            return;
        }
        if (!turns.Wait(0, CancellationToken.None))
        {
            context.Response.Headers.RetryAfter = "5";
            await PlainAnswer.WriteAsync(context, StatusCodes.Status429TooManyRequests, "too many webhooks at once");
            return;
        }
        try
        {
            await AnswerAsync(context);
        }
        finally
        {
            turns.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();

    private async Task AnswerAsync(HttpContext context)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        string? refusal;
        try
        {
            refusal = await RefuseAsync(context, stop.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            log.LogWarning("webhook refused client={Client} reason={Reason}", context.Connection.RemoteIpAddress, "too slow");
            await PlainAnswer.WriteAsync(context, StatusCodes.Status408RequestTimeout, $"the webhook did not come within {Patience.TotalSeconds} s");
            return;
        }
        if (refusal is not null)
        {
            log.LogWarning("webhook refused client={Client} reason={Reason}", context.Connection.RemoteIpAddress, refusal);
            await PlainAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, refusal);
            return;
        }
        ask();
        await PlainAnswer.WriteAsync(context, StatusCodes.Status202Accepted, "the remote is read soon");
    }

    // Why it is not believed; null when it is.
    private async Task<string?> RefuseAsync(HttpContext context, CancellationToken stop)
    {
        var known = secret();
        return WebhookProof.Read(name => context.Request.Headers[name] is [{ } value] ? value : null, known, clock.GetUtcNow()) switch
        {
            WebhookProof.Absent absent => absent.Reason,
            WebhookProof.Token token => AreEqual(token.Given.Span, Encoding.UTF8.GetBytes(known)) ? null : "the token is wrong",
            WebhookProof.Signature signature => await IsSignedAsync(context, signature, stop) ? null : "the signature is wrong",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async Task<bool> IsSignedAsync(HttpContext context, WebhookProof.Signature signature, CancellationToken stop)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBodyOctets;
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, signature.Key.Span);
        hash.AppendData(signature.Before.Span);
        var buffer = new byte[1 << 14];
        while (await context.Request.Body.ReadAsync(buffer, stop) is > 0 and var read)
            hash.AppendData(buffer.AsSpan(0, read));
        var mac = hash.GetHashAndReset();
        return signature.Macs.Any(given => CryptographicOperations.FixedTimeEquals(given.Span, mac));
    }

    // Of equal length first, so that the comparison does not tell how long the secret is.
    private static bool AreEqual(ReadOnlySpan<byte> given, ReadOnlySpan<byte> known) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(given), SHA256.HashData(known));
}
