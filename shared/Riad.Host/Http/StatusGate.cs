using Microsoft.AspNetCore.Http;

namespace Riad.Host.Http;

/// <summary>Stands before an appliance that shows how it is and takes nothing by HTTP: who is not on this host learns whether it serves, and no more.</summary>
/// <param name="isPublic">True when everybody may look.</param>
/// <param name="option">What makes it so, such as <c>--public-status</c>.</param>
/// <param name="health">How the appliance is.</param>
public sealed class StatusGate(bool isPublic, string option, Func<HealthReport> health)
{
    /// <summary>Lets a request pass, answers it briefly, or refuses. For <see cref="HttpSurface.Guard"/>.</summary>
    public Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var (facts, isForHealth) = (RequestFacts.Of(context), IsForHealth(context.Request));
        if (isPublic || FindRefusal(facts, facts.Peer.IsLoopback || (isForHealth && facts.IsFromOwnAddress)) is not { } sentence)
            return next(context);
        // A load balancer asks from anywhere; it learns no more than it needs.
        return isForHealth
            ? PlainAnswer.WriteBrieflyAsync(context, health())
            : PlainAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, sentence);
    }

    // NAME health comes from this host's own address where HTTP does not listen on loopback.
    private string? FindRefusal(RequestFacts facts, bool isFromHere)
    {
        if (!isFromHere)
            return $"outside of loopback only /health is answered; start with {option} to show this to everybody";
        if (facts.IsForwarded)
            return $"this came through a proxy; start with {option} to let the proxy decide who may look";
        return facts.FindForeignHost(option) ?? facts.FindBrowser(option);
    }

    private static bool IsForHealth(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Path.Value is ("/health" or "/health/");
}
