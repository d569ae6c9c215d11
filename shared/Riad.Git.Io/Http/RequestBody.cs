using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Riad.Git.Io.Http;

/// <summary>The body of a git client's request, unpacked.</summary>
internal static class RequestBody
{
    /// <summary>Opens the body.</summary>
    /// <param name="context">The request. Its own limit on the body is lifted: what is read is counted here.</param>
    /// <returns>Null when the body is packed in a way that git does not use.</returns>
    public static PipeReader? Open(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        return context.Request.Headers.ContentEncoding.ToString() switch
        {
            "" or "identity" => context.Request.BodyReader,
            "gzip" or "x-gzip" => PipeReader.Create(new GZipStream(context.Request.Body, CompressionMode.Decompress)),
            _ => null,
        };
    }

    /// <summary>Reads what is left and throws it away.</summary>
    /// <param name="body">The body.</param>
    /// <param name="maxOctets">Stop after so many.</param>
    /// <param name="stop">The client went.</param>
    public static async Task DiscardAsync(PipeReader body, long maxOctets, CancellationToken stop)
    {
        for (var isCompleted = false; !isCompleted && maxOctets > 0;)
        {
            var result = await body.ReadAsync(stop);
            maxOctets -= result.Buffer.Length;
            isCompleted = result.IsCompleted;
            body.AdvanceTo(result.Buffer.End);
        }
    }
}
