using System.Text;
using Microsoft.AspNetCore.Http;
using Riad.Host.Metrics;

namespace Riad.Host.Http;

/// <summary><c>/health</c> and <c>/metrics</c>.</summary>
internal static class StatusEndpoints
{
    public static RequestDelegate Health(HealthBoard board) => ForReading(context =>
    {
        var report = board.Report;
        return PrefersJson(context.Request)
            ? PlainAnswer.WriteAsync(context, report.HttpStatus, "application/json", report.ToJson())
            : PlainAnswer.WriteAsync(context, report.HttpStatus, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(report.ToText()));
    });

    public static RequestDelegate Metrics(MetricsRegistry metrics) => ForReading(context =>
        PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, PrometheusText.ContentType, Encoding.UTF8.GetBytes(metrics.Scrape())));

    private static RequestDelegate ForReading(RequestDelegate handler) => context =>
    {
        if (context.Request.Path.Value is not (null or "" or "/"))
            return PlainAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "nothing is here");
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            return handler(context);
        context.Response.Headers.Allow = "GET, HEAD";
        return PlainAnswer.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "this can only be read");
    };

    // Text unless JSON is named and text is not named before it.
    private static bool PrefersJson(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        var json = accept.IndexOf("application/json", StringComparison.OrdinalIgnoreCase);
        var text = accept.IndexOf("text/", StringComparison.OrdinalIgnoreCase);
        return json >= 0 && (text < 0 || json < text);
    }
}
