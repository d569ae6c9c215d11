using System.Collections.Immutable;
using Riad.Core;

namespace Riad.Host.Init;

/// <summary>What the operator wants of the machine's network.</summary>
internal sealed record NetworkPlan(
    ImmutableArray<AddressChoice> IPv4, ImmutableArray<AddressChoice> IPv6, ImmutableArray<GatewayChoice> Gateways, ImmutableArray<IpAddress> NameServers)
{
    /// <summary>The interfaces that are named.</summary>
    public IEnumerable<string> Names => IPv4.Concat(IPv6).Select(choice => choice.Interface).Concat(Gateways.Select(gateway => gateway.Interface)).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>Reads it from what was set.</summary>
    public static NetworkPlan Read(MachineOptions options, List<string> faults) => new(
        options.Get(MachineSettings.IPv4, faults),
        options.Get(MachineSettings.IPv6, faults),
        [.. options.Get(MachineSettings.IPv4Gateway, faults), .. options.Get(MachineSettings.IPv6Gateway, faults)],
        options.Get(MachineSettings.NameServer, faults));

    /// <summary>What holds for an interface: the last that names it, or the last that names none; nothing where others are named only.</summary>
    public static AddressChoice For(ImmutableArray<AddressChoice> choices, string name) =>
        choices.LastOrDefault(choice => choice.Interface == name)
        ?? choices.LastOrDefault(choice => choice.Interface is null)
        ?? new(AddressSource.None, default, 0, Interface: null);
}
