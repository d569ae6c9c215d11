using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Riad.Core;
using Riad.Host.Sandbox;

namespace Riad.Host.Settings;

/// <summary>The options that every appliance's <c>serve</c> has.</summary>
public sealed class CommonSettings
{
    internal const string UsualStateSummary = "Where everything that must outlive the process lies; created when missing.";

    internal CommonSettings(string name, string stateSummary, ImmutableArray<IpEndpoint> listen, ImmutableArray<IpEndpoint> http)
    {
        State = SettingOf.One(
            "--state", "DIR", stateSummary, ValueOf.Folder, new DirectoryInfo("state/" + name));
        Listen = SettingOf.Many("--listen", "ADDRESS:PORT", "Where the service listens; IPv6 in brackets.", ValueOf.Endpoint, listen);
        Http = SettingOf.Many(
            "--http", "ADDRESS:PORT", "Where HTTP listens: the status page, /health, /metrics and the appliance's own pages.", ValueOf.Endpoint, http);
    }

    /// <summary><c>--state DIR</c>. One process at a time holds its lock.</summary>
    public Setting<DirectoryInfo> State { get; }

    /// <summary><c>--listen ADDRESS:PORT</c>.</summary>
    public Setting<ImmutableArray<IpEndpoint>> Listen { get; }

    /// <summary><c>--http ADDRESS:PORT</c>.</summary>
    public Setting<ImmutableArray<IpEndpoint>> Http { get; }

    /// <summary><c>--tls-certificate FILE</c>: PEM, the server's own certificate first.</summary>
    public Setting<FileInfo?> TlsCertificate { get; } = SettingOf.Optional(
        "--tls-certificate", "FILE", "A PEM file with the certificate and those above it: every --http address speaks TLS. Read again when it changes.", (ValueReader<FileInfo>)ValueOf.File);

    /// <summary><c>--tls-key FILE</c>: PEM.</summary>
    public Setting<FileInfo?> TlsKey { get; } = SettingOf.Optional(
        "--tls-key", "FILE", "A PEM file with the certificate's private key.", (ValueReader<FileInfo>)ValueOf.File);

    /// <summary><c>--network kernel</c>.</summary>
    public Setting<NetworkChoice> Network { get; } = SettingOf.One(
        "--network", "NAME", "Whose sockets carry the packets.", ValueOf.Choice(("kernel", NetworkChoice.Kernel)), NetworkChoice.Kernel, "kernel");

    /// <summary><c>--sandbox on|off|require</c>.</summary>
    internal Setting<SandboxMode> Sandbox { get; } = SettingOf.One(
        "--sandbox",
        "WHEN",
        "Whether the process gives up what it does not need (seccomp, Landlock): on, as far as the kernel can; require, or it does not run; off, for debuggers.",
        ValueOf.Choice(("on", SandboxMode.On), ("off", SandboxMode.Off), ("require", SandboxMode.Require)),
        SandboxMode.On,
        "on");

    /// <summary><c>--log-level LEVEL</c>.</summary>
    public Setting<LogLevel> LogLevel { get; } = SettingOf.One(
        "--log-level",
        "LEVEL",
        "The least important line that is logged: debug, info, warning or error.",
        ValueOf.Choice(
            ("debug", Microsoft.Extensions.Logging.LogLevel.Debug),
            ("info", Microsoft.Extensions.Logging.LogLevel.Information),
            ("warning", Microsoft.Extensions.Logging.LogLevel.Warning),
            ("error", Microsoft.Extensions.Logging.LogLevel.Error)),
        Microsoft.Extensions.Logging.LogLevel.Information,
        "info");

    internal ImmutableArray<Setting> All => [State, Listen, Http, TlsCertificate, TlsKey, Network, Sandbox, LogLevel];
}
