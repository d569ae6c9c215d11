using Microsoft.Extensions.Logging;
using Riad.Host.Http;
using Riad.Host.Logging;
using Riad.Host.Metrics;
using Riad.Host.Sandbox;
using Riad.Host.Settings;
using Riad.Net;
using Riad.Net.Io;

namespace Riad.Host;

/// <summary>An appliance from its start to its end: it serves until it is asked to stop or a part of it fails.</summary>
internal sealed class ServingProcess(ApplianceDefinition definition, Surroundings surroundings, SettingValues values)
{
    // Together ten seconds: what a supervisor gives, and what the manual promises.
    private static readonly TimeSpan FinishRequests = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan FinishWork = TimeSpan.FromSeconds(2.5);

    private readonly CommonSettings common = definition.Common;
    private readonly ServiceNotifier supervisor = new(surroundings.NotifySocket);
    private readonly TaskCompletionSource stopAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isReady;

    public async Task<int> RunAsync()
    {
        HostServices? begun = null;
        using var signals = surroundings.ListenToSignals(signal => Handle(signal, Volatile.Read(ref begun)));
        // Before anything is opened, or read of what others wrote.
        var confinement = Confine();
        using var writer = new LineLoggerProvider(surroundings.Error, values.Get(common.LogLevel), surroundings.IsJournal, surroundings.Clock);
        using var logs = new LoggerFactory([writer], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
        confinement.Report(logs.CreateLogger(definition.Name));
        using var state = StateDirectory.Open(values.Get(common.State));
        using var metrics = new MetricsRegistry();
        using var stop = new CancellationTokenSource();
        ProcessMetrics.AddTo(metrics, surroundings.Clock);
        var certificate = OpenCertificate(logs);
        await using var http = new HttpSurface(values.Get(common.Http), certificate, logs);
        using var network = OpenNetwork(values.Get(common.Network));
        var host = CreateServices(logs, state, network, metrics, certificate, http, stop.Token);
        if (surroundings.MachineNote is { } note)
            host.Health.Set("machine", new(HealthStatus.Degraded, note));
        http.Mount("/health", StatusEndpoints.Health(host.Health));
        http.Mount("/metrics", StatusEndpoints.Metrics(metrics));
        Volatile.Write(ref begun, host);

        if (certificate is not null)
        {
            host.OnReload(_ => Task.Run(certificate.Check, CancellationToken.None));
            host.Background.Run("certificate", cancellation => certificate.WatchAsync(surroundings.Clock, cancellation));
        }
        return await ServeAsync(host, stop);
    }

    private Confinement Confine()
    {
        var confinement = new Confinement(values.Get(common.Sandbox), surroundings.IsMachine);
        if (!surroundings.MayConfine)
            return confinement;
        var (folder, needs) = (values.Get(common.State), definition.Needs(values));
        // What is not there cannot be named to the kernel.
        StateDirectory.Create(folder);
        confinement.Enter(needs, SandboxRules.Of(values, folder, needs));
        return confinement;
    }

    private HostServices CreateServices(
        LoggerFactory logs, StateDirectory state, INetwork network, MetricsRegistry metrics, ReloadedFile<TlsCertificate>? certificate, HttpSurface http, CancellationToken stop)
    {
        var log = logs.CreateLogger(definition.Name);
        return new(Announce)
        {
            Settings = values,
            Listen = values.Get(common.Listen),
            State = state,
            Network = network,
            Clock = new(surroundings.Clock),
            Random = new SystemRandom(),
            Logs = logs,
            Log = log,
            Health = new(),
            Metrics = metrics,
            Http = http,
            Certificate = certificate,
            Background = new(log, stop),
        };
    }

    private KernelNetwork OpenNetwork(NetworkChoice choice) => choice switch
    {
        NetworkChoice.Kernel => new(definition.KernelNetwork(values)),
    };

    private ReloadedFile<TlsCertificate>? OpenCertificate(LoggerFactory logs) => (values.Get(common.TlsCertificate), values.Get(common.TlsKey)) switch
    {
        ({ } certificate, { } key) => TlsCertificate.Open(certificate, key, logs.CreateLogger("tls")),
        (null, null) => null,
        ({ }, null) => throw OperatorException.BadArguments("--tls-certificate is of no use alone; write --tls-key FILE too"),
        (null, { }) => throw OperatorException.BadArguments("--tls-key is of no use alone; write --tls-certificate FILE too"),
    };

    private void Announce(string line)
    {
        isReady = true;
        surroundings.Output.WriteLine(line);
        surroundings.Output.Flush();
        supervisor.Ready();
    }

    // Who asks for a reload before there is anything gets what is read now.
    private void Handle(ProcessSignal signal, HostServices? host)
    {
        switch (signal)
        {
            case ProcessSignal.Stop:
                stopAsked.TrySetResult();
                break;
            case ProcessSignal.Reload:
                host?.Background.Run("reload", stop => ReloadAsync(host, stop));
                break;
        }
    }

    private async Task ReloadAsync(HostServices host, CancellationToken stop)
    {
        supervisor.Reloading();
        host.Log.LogInformation("reloading");
        await host.ReloadAsync(stop);
        supervisor.Ready();
    }

    private async Task<int> ServeAsync(HostServices host, CancellationTokenSource stop)
    {
        var serving = StartAsync(host, stop.Token);
        await Task.WhenAny(serving, host.Background.Failed, stopAsked.Task);

        supervisor.Stopping();
        host.Health.Stopping();
        if (stopAsked.Task.IsCompleted)
            host.Log.LogInformation("stopping");
        await FinishAsync(host, serving, stop);
        if (host.Background.Failed.IsCompleted)
            return ExitCode.Bug;
        return serving.IsCompleted ? await serving : ExitCode.Done;
    }

    private async Task<int> StartAsync(HostServices host, CancellationToken stop)
    {
        try
        {
            await Task.Run(() => definition.Serve(host, stop), CancellationToken.None);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is not OperatorException and not NetworkException)
        {
            host.Log.LogCritical(exception, "the process failed, so it ends");
            return ExitCode.Bug;
        }
    }

    // Requests first: a push in flight still needs what serves.
    private async Task FinishAsync(HostServices host, Task serving, CancellationTokenSource stop)
    {
        // Before it is ready there are none, and what opens is not closed at the same time.
        if (!isReady)
        {
            await stop.CancelAsync();
            await Task.WhenAny(serving, Task.Delay(FinishWork, surroundings.Clock, CancellationToken.None));
        }
        using (var hurry = new CancellationTokenSource(FinishRequests, surroundings.Clock))
            await Quietly(host.Http.CloseAsync(hurry.Token));
        await stop.CancelAsync();
        var rest = Quietly(Task.WhenAll(serving, host.Background.FinishAsync()));
        if (await Task.WhenAny(rest, Task.Delay(FinishWork, surroundings.Clock, CancellationToken.None)) != rest)
            host.Log.LogWarning("some work did not finish in time and is cut off");
    }

    // What failed is reported where it is awaited for its result.
    private static async Task Quietly(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
}
