using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Riad.Git.Io.Tests.Http;

namespace Riad.Git.Io.Tests.Remotes;

/// <summary>git's own HTTP server: <c>git http-backend</c> behind Kestrel.</summary>
internal static class CgiSite
{
    /// <summary>Serves a bare repository, for reading and writing, at <see cref="KestrelSite.Url"/>.</summary>
    /// <param name="repository">The folder.</param>
    /// <param name="before">Sees each request first; true when it answered.</param>
    public static Task<KestrelSite> OpenAsync(string repository, Func<HttpContext, Task<bool>>? before = null) => KestrelSite.OpenAsync(async context =>
    {
        if (before is null || !await before(context))
            await RunAsync(context, repository);
    });

    private static async Task RunAsync(HttpContext context, string repository)
    {
        using var process = Process.Start(Start(context.Request, repository))!;
        var sending = SendAsync(context.Request.Body, process);
        var output = process.StandardOutput.BaseStream;
        while (await ReadLineAsync(output) is { Length: > 0 } header)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (header[..colon], header[(colon + 1)..].Trim());
            if (name is "Status")
                context.Response.StatusCode = int.Parse(value[..3], System.Globalization.CultureInfo.InvariantCulture);
            else
                context.Response.Headers[name] = value;
        }
        await output.CopyToAsync(context.Response.Body);
        await sending;
        await process.WaitForExitAsync();
    }

    private static ProcessStartInfo Start(HttpRequest request, string repository)
    {
        var start = new ProcessStartInfo("git", ["http-backend"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["GIT_PROJECT_ROOT"] = repository,
            ["GIT_HTTP_EXPORT_ALL"] = "1",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["REMOTE_USER"] = "riad",
            ["REMOTE_ADDR"] = "127.0.0.1",
            ["PATH_INFO"] = request.Path.Value ?? "",
            ["REQUEST_METHOD"] = request.Method,
            ["QUERY_STRING"] = request.QueryString.Value?.TrimStart('?') ?? "",
            ["CONTENT_TYPE"] = request.ContentType ?? "",
            ["GIT_PROTOCOL"] = request.Headers["Git-Protocol"].ToString(),
        })
            start.Environment[name] = value;
        if (request.ContentLength is { } length)
            start.Environment["CONTENT_LENGTH"] = length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return start;
    }

    private static async Task SendAsync(Stream body, Process process)
    {
        var octets = new byte[16_384];
        try
        {
            while (await ReadAsync(body, octets, process) is > 0 and var count)
                await process.StandardInput.BaseStream.WriteAsync(octets.AsMemory(0, count));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // git has heard enough.
        }
    }

    /// <summary>A git that waits for the rest of a length it was told would read the end again and again: a client that is cut off ends it.</summary>
    private static async Task<int> ReadAsync(Stream body, byte[] octets, Process process)
    {
        try
        {
            return await body.ReadAsync(octets);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException or BadHttpRequestException)
        {
            process.Kill(entireProcessTree: true);
            return 0;
        }
    }

    private static async Task<string> ReadLineAsync(Stream stream)
    {
        var line = new System.Text.StringBuilder();
        var octet = new byte[1];
        while (await stream.ReadAsync(octet) == 1 && octet[0] != '\n')
            line.Append((char)octet[0]);
        return line.ToString().TrimEnd('\r');
    }
}
