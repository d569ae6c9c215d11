using System.Collections.Immutable;
using Riad.Core;
using Riad.Host.Sandbox;
using Riad.Host.Settings;
using Riad.Net.Io;

namespace Riad.Host;

/// <summary>What an appliance is to its operator: a name, what can be set, and what runs.</summary>
public sealed class ApplianceDefinition
{
    private CommonSettings? common;

    /// <summary>The program's name, such as <c>dns-primary-git</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence: what it does for whom.</summary>
    public required string Summary { get; init; }

    /// <summary>Where the service listens by default: loopback, ports above 1024.</summary>
    public ImmutableArray<IpEndpoint> DefaultListen { get; init; } = [];

    /// <summary>Where HTTP listens by default: loopback, a port above 1024.</summary>
    public ImmutableArray<IpEndpoint> DefaultHttp { get; init; } = [];

    /// <summary>What <c>--state</c> is for, in one sentence, where it is not the usual.</summary>
    public string StateSummary { get; init; } = CommonSettings.UsualStateSummary;

    /// <summary>Whole command lines that teach <c>serve</c>.</summary>
    public ImmutableArray<string> Examples { get; init; } = [];

    /// <summary>The options of <c>serve</c> besides the common ones.</summary>
    public ImmutableArray<Setting> Settings { get; init; } = [];

    /// <summary>The commands besides <c>serve</c>.</summary>
    public ImmutableArray<ToolCommand> Tools { get; init; } = [];

    /// <summary>How the kernel's sockets are used, by what the operator set.</summary>
    public Func<SettingValues, KernelNetworkOptions> KernelNetwork { get; init; } = static _ => new();

    /// <summary>What it needs of the machine beyond what every appliance needs, by what the operator set.</summary>
    public Func<SettingValues, SandboxNeeds> Needs { get; init; } = static _ => SandboxNeeds.Nothing;

    /// <summary>Runs the appliance until the token is cancelled.</summary>
    /// <remarks>
    /// It mounts its HTTP handlers, opens HTTP, opens its listeners, calls <see cref="HostServices.Ready"/> and returns
    /// when it has finished after the cancellation. It throws <see cref="OperatorException"/> for what the operator can mend.
    /// </remarks>
    public required Func<HostServices, CancellationToken, Task> Serve { get; init; }

    /// <summary>The options that every appliance has, with this appliance's defaults.</summary>
    public CommonSettings Common => common ??= new(Name, StateSummary, DefaultListen, DefaultHttp);

    internal ImmutableArray<ToolCommand> AllTools => [.. Tools, HealthCommand.Of(this)];

    internal ImmutableArray<Setting> ServeSettings => [.. Settings, .. Common.All];
}
