using System.Text;
using Microsoft.AspNetCore.Http;

namespace Riad.Host.Http;

/// <summary>A short answer in plain text.</summary>
public static class PlainAnswer
{
    /// <summary>Answers with a status and one line.</summary>
    public static Task WriteAsync(HttpContext context, int status, string sentence) =>
        WriteAsync(context, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(sentence + "\n"));

    /// <summary>Answers whether the appliance serves, and not why it does not: for those who may know no more.</summary>
    public static Task WriteBrieflyAsync(HttpContext context, HealthReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return WriteAsync(context, report.HttpStatus, report.HttpStatus == StatusCodes.Status200OK ? "ok" : "unavailable");
    }

    internal static Task WriteAsync(HttpContext context, int status, string contentType, byte[] body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
