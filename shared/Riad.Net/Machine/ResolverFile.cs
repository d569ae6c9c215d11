using System.Text;
using Riad.Core;

namespace Riad.Net.Machine;

/// <summary>A resolver that the machine may ask.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Interface">Behind which interface; an address of a link means nothing without it. Null for what an operator names.</param>
public readonly record struct NameServer(IpAddress Address, string? Interface)
{
    // fe80::/10
    private bool IsOfLink => Address.IsIPv6 && (ushort)(Address.V6.Upper >> 48) is >= 0xfe80 and <= 0xfebf;

    /// <summary>As resolv.conf has it: <c>192.0.2.1</c>, <c>fe80::1%eth0</c>.</summary>
    public override string ToString() => IsOfLink && Interface is not null ? $"{Address}%{Interface}" : Address.ToString();
}

/// <summary>The text of <c>/etc/resolv.conf</c>.</summary>
/// <remarks>Source: resolv.conf(5), of which the C library reads three servers and six domains.</remarks>
public static class ResolverFile
{
    private const int MaxServers = 3, MaxDomains = 6;

    /// <summary>Writes it: each server and each domain once, in their order.</summary>
    /// <param name="servers">Resolvers, the preferred first.</param>
    /// <param name="domains">What is added to short names; only letters, digits, hyphens and dots.</param>
    public static string Write(IEnumerable<NameServer> servers, IEnumerable<string> domains)
    {
        var text = new StringBuilder();
        foreach (var server in servers.Select(server => server.ToString()).Distinct(StringComparer.Ordinal).Take(MaxServers))
            text.Append("nameserver ").Append(server).Append('\n');
        var search = domains.Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxDomains).ToList();
        if (search.Count > 0)
            text.Append("search ").AppendJoin(' ', search).Append('\n');
        return text.ToString();
    }
}
