using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Riad.Core;
using Riad.Host.Pages;
using BadRequest = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Riad.Host.Http;

/// <summary>The one HTTP server of an appliance.</summary>
/// <remarks>An appliance mounts its handlers, sets its guard, and opens it; <c>/health</c> and <c>/metrics</c> are there already.</remarks>
public sealed class HttpSurface : IAsyncDisposable
{
    private readonly ImmutableArray<IpEndpoint> requested;
    private readonly ReloadedFile<TlsCertificate>? certificate;
    private readonly ILoggerFactory logs;
    private readonly ILogger log;
    private MountTable mounts = MountTable.Empty;
    private Func<HttpContext, RequestDelegate, Task> guard = static (context, next) => next(context);
    private KestrelServer? server;

    internal HttpSurface(ImmutableArray<IpEndpoint> requested, ReloadedFile<TlsCertificate>? certificate, ILoggerFactory logs)
    {
        this.requested = requested;
        this.certificate = certificate;
        this.logs = logs;
        log = logs.CreateLogger("http");
    }

    /// <summary>What clients can hold. To be set before <see cref="OpenAsync"/>.</summary>
    public HttpLimits Limits { get; set; } = HttpLimits.Usual;

    /// <summary>True when every address speaks TLS.</summary>
    public bool IsTls => certificate is not null;

    /// <summary>Where it listens: as asked for, and once it is open with the ports that the system chose.</summary>
    public ImmutableArray<IpEndpoint> Listen { get; private set; }

    /// <summary>The addresses as URLs, for people.</summary>
    public ImmutableArray<string> Urls => Listen.IsDefault ? [] : [.. Listen.Select(endpoint => $"{(IsTls ? "https" : "http")}://{endpoint}/")];

    /// <summary>Where it shall listen.</summary>
    public ImmutableArray<IpEndpoint> Requested => requested;

    /// <summary>Lets a handler answer a path and everything below it; <c>/</c> is what no other mount point takes.</summary>
    /// <param name="path">Begins with '/'. While the handler runs it is the request's path base, and the path is what follows.</param>
    /// <param name="handler">Answers.</param>
    public void Mount(string path, RequestDelegate handler) => mounts = mounts.With(new PathString(path == "/" ? "" : path), handler);

    /// <summary>Sets what stands before every handler, <c>/health</c> and <c>/metrics</c> included, and decides who passes.</summary>
    public void Guard(Func<HttpContext, RequestDelegate, Task> decide) => guard = decide;

    /// <summary>Begins to listen on every <c>--http</c> address.</summary>
    /// <exception cref="OperatorException">An address is taken, or not ours.</exception>
    public async Task OpenAsync(CancellationToken stop)
    {
        if (server is not null)
            throw new InvalidOperationException("It is open already");
        server = Build();
        try
        {
            await server.StartAsync(new HttpApplication(HandleAsync), stop);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw OperatorException.CannotRun($"cannot listen for HTTP on {string.Join(' ', requested)} ({OneLine.Escape(Reason(exception))}); give --http another address", exception);
        }
        var addresses = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        Listen = [.. addresses.Select(ToEndpoint)];
    }

    /// <summary>Stops accepting, finishes what is in flight, and closes what remains when the token is cancelled.</summary>
    internal async Task CloseAsync(CancellationToken hurry)
    {
        if (server is not null)
            await server.StopAsync(hurry);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        server?.Dispose();
        return ValueTask.CompletedTask;
    }

    // Kestrel alone: a host around it, with its services and settings, would be half as much again to load and to start.
    private KestrelServer Build()
    {
        var options = new KestrelServerOptions { ApplicationServices = new KestrelServices(logs) };
        Configure(options);
        var sockets = new SocketTransportOptions { CreateBoundListenSocket = CreateSocket };
        return new(Options.Create(options), new SocketTransportFactory(Options.Create(sockets), logs), logs);
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = Limits.MaxBodyOctets;
        kestrel.Limits.MaxConcurrentConnections = Limits.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = Limits.HeaderTimeout;
        kestrel.Limits.KeepAliveTimeout = Limits.IdleTimeout;
        kestrel.Limits.MinRequestBodyDataRate = new(Limits.LeastRate, Limits.GracePeriod);
        kestrel.Limits.MinResponseDataRate = new(Limits.LeastRate, Limits.GracePeriod);
        var limiter = new ConnectionLimiter(Limits.MaxConnectionsPerAddress);
        foreach (var endpoint in requested)
        {
            kestrel.Listen(endpoint.ToSystem(), listen =>
            {
                listen.Use(limiter.Wrap);
                listen.Protocols = IsTls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
                if (certificate is not null)
                    listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(TlsOptions(certificate.Current)) });
            });
        }
    }

    // Asked for each handshake, so that a renewed certificate serves from the next connection on.
    private static SslServerAuthenticationOptions TlsOptions(TlsCertificate current) => new() { ServerCertificateContext = current.Context };

    // [::] takes no IPv4 traffic, as with our other listeners.
    private static Socket CreateSocket(EndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (endpoint.AddressFamily is AddressFamily.InterNetworkV6)
            socket.DualMode = false;
        try
        {
            socket.Bind(endpoint);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        return socket;
    }

    private async Task HandleAsync(HttpContext context)
    {
        PageHeaders.Set(context.Response.Headers);
        try
        {
            await guard(context, mounts.HandleAsync);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left.
        }
        catch (BadRequest exception) when (!context.Response.HasStarted)
        {
            await PlainAnswer.WriteAsync(context, exception.StatusCode, OneLine.Escape(exception.Message));
        }
        catch (Exception exception) when (exception is not ConnectionAbortedException and not BadRequest)
        {
            log.LogError(exception, "a request failed unexpectedly method={Method} path={Path}", context.Request.Method, context.Request.PathBase + context.Request.Path);
            if (context.Response.HasStarted)
                context.Abort();
            else
                await PlainAnswer.WriteAsync(context, StatusCodes.Status500InternalServerError, "something went wrong here; the log tells what");
        }
    }

    private static IpEndpoint ToEndpoint(string url)
    {
        var uri = new Uri(url);
        return new(IPAddress.Parse(uri.IdnHost).ToRiad(), (ushort)uri.Port);
    }

    private static string Reason(Exception exception) => exception switch
    {
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => "the address is in use",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "permission denied; a port below 1024 needs CAP_NET_BIND_SERVICE",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => "no interface has the address",
        { InnerException: { } inner } => Reason(inner),
        _ => exception.Message.TrimEnd('.'),
    };
}
