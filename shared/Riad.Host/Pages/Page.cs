using System.Text;
using Microsoft.AspNetCore.Http;
using Riad.Host.Http;

namespace Riad.Host.Pages;

/// <summary>A whole web page of an appliance: works without scripts, on a phone, in light and dark.</summary>
/// <param name="Appliance">The appliance's name, which leads to its first page.</param>
/// <param name="Title">What this page shows.</param>
/// <param name="Body">Everything below the header.</param>
public sealed record Page(string Appliance, string Title, Html Body)
{
    private const string StylesheetPath = "/riad.css";
    private const string IconPath = "/riad.svg";

    /// <summary>Answers a request with this page.</summary>
    public async Task WriteAsync(HttpContext context, int status = StatusCodes.Status200OK)
    {
        ArgumentNullException.ThrowIfNull(context);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync(ToString(), Encoding.UTF8, context.RequestAborted);
    }

    /// <summary>Mounts what every page needs: the stylesheet and the icon.</summary>
    public static void MountAssets(HttpSurface http)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Mount(StylesheetPath, static context => WriteAssetAsync(context, "text/css; charset=utf-8", Stylesheet.Text));
        http.Mount(IconPath, static context => WriteAssetAsync(context, "image/svg+xml", Icon.Svg));
    }

    private static Task WriteAssetAsync(HttpContext context, string contentType, string text)
    {
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return context.Response.WriteAsync(text, Encoding.UTF8, context.RequestAborted);
    }

    /// <summary>The page's HTML.</summary>
    public override string ToString() => Html.Of(
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Title} · {Appliance}</title>
        <link rel="stylesheet" href="{StylesheetPath}">
        <link rel="icon" href="{IconPath}" type="image/svg+xml">
        </head>
        <body>
        <header><a class="home" href="/">{Appliance}</a><span class="mark">Riad</span></header>
        <main>
        {Body}
        </main>
        </body>
        </html>

        """).ToString();
}
