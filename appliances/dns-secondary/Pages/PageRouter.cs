using Microsoft.AspNetCore.Http;
using Riad.DnsSecondary.Serving;
using Riad.Host;
using Riad.Host.Pages;

namespace Riad.DnsSecondary.Pages;

/// <summary>Which page answers which address.</summary>
internal sealed class PageRouter(Func<IReadOnlyList<ZoneView>> zones, HostClock clock)
{
    /// <summary>Answers a request for a page; mounted at the root.</summary>
    public Task HandleAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            return StatusPage.NotFound("Pages are read, and nothing is posted to them.").WriteAsync(context, StatusCodes.Status405MethodNotAllowed);
        return (context.Request.Path.Value ?? "").TrimEnd('/').Length == 0
            ? StatusPage.Of(zones(), clock.Elapsed.Value).WriteAsync(context)
            : StatusPage.NotFound("There is no such page.").WriteAsync(context, StatusCodes.Status404NotFound);
    }
}
