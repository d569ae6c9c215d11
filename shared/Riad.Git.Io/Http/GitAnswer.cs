using System.Text;
using Microsoft.AspNetCore.Http;
using Riad.Git.Protocol;

namespace Riad.Git.Io.Http;

/// <summary>Answers that git clients and people with a browser understand.</summary>
/// <remarks>Source: gitprotocol-http(5), "General Request Processing".</remarks>
internal static class GitAnswer
{
    /// <summary>Sets what every answer has: it is never to be cached.</summary>
    public static void Begin(HttpContext context, string contentType)
    {
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-cache, max-age=0, must-revalidate";
        context.Response.Headers.Pragma = "no-cache";
        context.Response.Headers.Expires = "Fri, 01 Jan 1980 00:00:00 GMT";
        context.Response.Headers.XContentTypeOptions = "nosniff";
    }

    /// <summary>Answers with one sentence, which git shows to the person when it lists refs.</summary>
    public static Task SentenceAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        Begin(context, "text/plain; charset=utf-8");
        return context.Response.WriteAsync(sentence + "\n", Encoding.UTF8, context.RequestAborted);
    }

    /// <summary>Answers a clone or fetch with an error that git prints as <c>fatal: remote error: ...</c>.</summary>
    public static async Task ErrorAsync(HttpContext context, string sentence)
    {
        new PktLineWriter(context.Response.BodyWriter).WriteText($"ERR {TerminalText.Clean(sentence)}");
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
