using Microsoft.AspNetCore.Http;

namespace Riad.Host.Pages;

/// <summary>What every answer tells a browser, so that text from outside can do nothing in it. Set once, before anything answers.</summary>
internal static class PageHeaders
{
    /// <summary>No scripts and no frames; styles and images only from here, and forms only to here.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Sets them.</summary>
    public static void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }
}
