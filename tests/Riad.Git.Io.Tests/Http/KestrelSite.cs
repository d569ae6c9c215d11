using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Riad.Git.Io.Tests.Http;

/// <summary>Kestrel on a port of loopback that the system chose, with one handler at <c>/zones.git</c>.</summary>
internal sealed class KestrelSite : IAsyncDisposable
{
    private readonly WebApplication application;

    private KestrelSite(WebApplication application, string url) => (this.application, Url) = (application, url);

    /// <summary>The address of the repository.</summary>
    public string Url { get; }

    public static async Task<KestrelSite> OpenAsync(RequestDelegate handler)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var built = builder.Build();
        built.Map("/zones.git", zones => zones.Run(handler));
        await built.StartAsync();
        var address = built.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new(built, $"{address}/zones.git");
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
