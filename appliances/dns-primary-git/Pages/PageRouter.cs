using System.Globalization;
using Microsoft.AspNetCore.Http;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Host.Pages;

namespace Riad.DnsPrimaryGit.Pages;

/// <summary>Which page answers which address.</summary>
internal sealed class PageRouter(PageSource source)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Each reads thousands of entries, or two versions of a zone, however large: one after the other, so that readers cannot take the memory of the zones.
    private static readonly SemaphoreSlim Readings = new(1, 1);

    /// <summary>Answers a request for a page; mounted at the root.</summary>
    public Task HandleAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            return ZonePage.NotFound("Pages are read, and nothing is posted to them.").WriteAsync(context, StatusCodes.Status405MethodNotAllowed);
        return (context.Request.Path.Value ?? "").TrimEnd('/').Split('/') switch
        {
            [_] => StatusPage.Of(source.Status(context.Request)).WriteAsync(context),
            [_, "zones", var zone] => WriteZoneAsync(context, zone),
            [_, "zones", var zone, "difference"] => WriteDifferenceAsync(context, zone),
            _ => ZonePage.NotFound("There is no such page.").WriteAsync(context, StatusCodes.Status404NotFound),
        };
    }

    private async Task WriteZoneAsync(HttpContext context, string zone)
    {
        ZoneView? view = null;
        if (DomainName.TryParseAbsolute(zone, out var apex))
        {
            var mustRead = source.MustReadFor(apex);
            if (mustRead && !await TryWaitAsync(context))
                return;
            try
            {
                view = source.Zone(apex);
            }
            finally
            {
                if (mustRead)
                    Readings.Release();
            }
        }
        if (view is null)
            await ZonePage.NotFound($"{zone} is not a zone of ours.").WriteAsync(context, StatusCodes.Status404NotFound);
        else
            await ZonePage.Of(view).WriteAsync(context);
    }

    private async Task WriteDifferenceAsync(HttpContext context, string zone)
    {
        if (!DomainName.TryParseAbsolute(zone, out var apex) || !TryReadSerial(context, "from", out var from) || !TryReadSerial(context, "to", out var to))
        {
            await ZonePage.NotFound("A difference needs a zone and two serials.").WriteAsync(context, StatusCodes.Status404NotFound);
            return;
        }
        if (!await TryWaitAsync(context))
            return;
        DifferenceView? view;
        try
        {
            view = source.Difference(apex, from, to);
        }
        finally
        {
            Readings.Release();
        }
        if (view is null)
            await ZonePage.NotFound("One of these versions is no longer in the journal, or too much changed between them.").WriteAsync(context, StatusCodes.Status404NotFound);
        else
            await ZonePage.Of(view).WriteAsync(context);
    }

    private static async Task<bool> TryWaitAsync(HttpContext context)
    {
        if (await Readings.WaitAsync(Patience, context.RequestAborted))
            return true;
        await ZonePage.NotFound("Others are reading histories and differences; try again in a while.").WriteAsync(context, StatusCodes.Status503ServiceUnavailable);
        return false;
    }

    private static bool TryReadSerial(HttpContext context, string name, out Serial serial)
    {
        var good = uint.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        serial = new(value);
        return good;
    }
}
