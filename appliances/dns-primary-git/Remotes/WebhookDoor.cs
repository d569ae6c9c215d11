using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Riad.Core;
using Riad.DnsPrimaryGit.Access;
using Riad.Host.Http;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>Answers <c>POST /hooks/fetch</c>: whoever knows the secret may say that the remote has something new.</summary>
/// <param name="secret">What both sides know, as it is at the moment.</param>
/// <param name="policy">Tells who sends, and whether others can read along.</param>
/// <param name="ask">Asks for a reading of the remote; called however often, it is bounded by itself.</param>
/// <param name="clock">For signatures that tell their time, and for those who send slowly.</param>
/// <param name="log">Takes refusals.</param>
/// <remarks>The body is hashed and thrown away: which commit it names is read from the remote itself.</remarks>
internal sealed class WebhookDoor(Func<string> secret, AccessPolicy policy, Action ask, TimeProvider clock, ILogger log)
{
    /// <summary>Where it is mounted.</summary>
    public const string Path = "/hooks/fetch";

    // GitHub sends no more.
    private const long MaxBodyOctets = 25 << 20;
    private const int MaxAtOnce = 32;
    private const int MaxOfNetwork = 2;

    // The forges themselves wait for ten seconds. Whoever sends slower than this holds a turn that others need.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebhookTurns turns = new(MaxAtOnce, MaxOfNetwork);

    /// <summary>Answers.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.Path.HasValue)
        {
            await PlainAnswer.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "a webhook is sent here with POST");
            return;
        }
        var (known, request) = (secret(), RequestFacts.Of(context));
        var client = policy.ClientOf(request);
        switch (WebhookProof.Read(name => context.Request.Headers[name] is [{ } value] ? value : null, known, clock.GetUtcNow()))
        {
            case WebhookProof.Absent absent:
                await AnswerAsync(context, client, absent.Reason);
                break;
            // Whoever reads along knows the secret from then on.
            case WebhookProof.Token when !policy.IsPrivate(request):
                await AnswerAsync(context, client, "a token came in the clear, and is known to others now: send it over TLS, and better take another");
                break;
            case WebhookProof.Token token:
                await AnswerAsync(context, client, AreEqual(token.Given.Span, Encoding.UTF8.GetBytes(known)) ? null : "the token is wrong");
                break;
            case WebhookProof.Signature signature:
                await AnswerSignedAsync(context, client, signature);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // Only these are read, however long they are and however slowly they come.
    private async Task AnswerSignedAsync(HttpContext context, IpAddress client, WebhookProof.Signature signature)
    {
        if (!turns.TryTake(client))
        {
            context.Response.Headers.RetryAfter = "5";
            await PlainAnswer.WriteAsync(context, StatusCodes.Status429TooManyRequests, "too many webhooks at once");
            return;
        }
        try
        {
            using var patience = new CancellationTokenSource(Patience, clock);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
            await AnswerAsync(context, client, await IsSignedAsync(context, signature, stop.Token) ? null : "the signature is wrong");
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            log.LogWarning("webhook refused client={Client} reason={Reason}", client, "too slow");
            await PlainAnswer.WriteAsync(context, StatusCodes.Status408RequestTimeout, $"the webhook did not come within {Patience.TotalSeconds} s");
        }
        finally
        {
            turns.Release(client);
        }
    }

    private async Task AnswerAsync(HttpContext context, IpAddress client, string? refusal)
    {
        if (refusal is not null)
        {
            log.LogWarning("webhook refused client={Client} reason={Reason}", client, refusal);
            await PlainAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, refusal);
            return;
        }
        ask();
        await PlainAnswer.WriteAsync(context, StatusCodes.Status202Accepted, "the remote is read soon");
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
