using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Riad.Core;
using Riad.Host.Http;
using Riad.Host.Metrics;
using Riad.Host.Settings;
using Riad.Net;

namespace Riad.Host;

/// <summary>What a running appliance gets from the process it runs in.</summary>
public sealed class HostServices
{
    private readonly List<Func<CancellationToken, Task>> reloads = [];
    private readonly Action<string> announce;

    internal HostServices(Action<string> announce) => this.announce = announce;

    /// <summary>What the operator set.</summary>
    public required SettingValues Settings { get; init; }

    /// <summary>Where the service listens: <c>--listen</c>.</summary>
    public required ImmutableArray<IpEndpoint> Listen { get; init; }

    /// <summary>The state directory; this process holds its lock.</summary>
    public required StateDirectory State { get; init; }

    /// <summary>The sockets: <c>--network</c>.</summary>
    public required INetwork Network { get; init; }

    /// <summary>Both clocks.</summary>
    public required HostClock Clock { get; init; }

    /// <summary>Random octets.</summary>
    public required IRandom Random { get; init; }

    /// <summary>Loggers by name. A line per event; templates as <c>"zone loaded zone={Zone}"</c>.</summary>
    public required ILoggerFactory Logs { get; init; }

    /// <summary>The appliance's own log.</summary>
    public required ILogger Log { get; init; }

    /// <summary>Where parts report how they are; <c>/health</c> shows it.</summary>
    public required HealthBoard Health { get; init; }

    /// <summary>What <c>/metrics</c> shows.</summary>
    public required MetricsRegistry Metrics { get; init; }

    /// <summary>The one HTTP server.</summary>
    public required HttpSurface Http { get; init; }

    /// <summary>The certificate of <c>--tls-certificate</c>, for other listeners than HTTP; null without one.</summary>
    public required ReloadedFile<TlsCertificate>? Certificate { get; init; }

    /// <summary>Tasks that run as long as the appliance does.</summary>
    public required BackgroundWork Background { get; init; }

    /// <summary>Says that the appliance serves: the line on standard output, 200 from <c>/health</c>, READY=1 for systemd.</summary>
    /// <param name="services">What serves where, such as <c>dns 127.0.0.1:5300</c>; the HTTP addresses are added.</param>
    public void Ready(params ImmutableArray<string> services)
    {
        Health.Started();
        announce("ready: " + string.Join(", ", services.Concat(Http.Urls)));
    }

    /// <summary>Adds to what SIGHUP does. A reload that fails is logged and changes nothing.</summary>
    public void OnReload(Func<CancellationToken, Task> reload)
    {
        lock (reloads)
            reloads.Add(reload);
    }

    internal async Task ReloadAsync(CancellationToken stop)
    {
        Func<CancellationToken, Task>[] all;
        lock (reloads)
            all = [.. reloads];
        foreach (var reload in all)
        {
            try
            {
                await reload(stop);
            }
            catch (OperatorException exception)
            {
                Log.LogError("reload refused, what runs stays reason={Reason}", exception.Message);
            }
        }
    }
}
