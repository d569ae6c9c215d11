using System.Text;
using Riad.Core;

namespace Riad.Net.Machine;

/// <summary>The text of <c>/etc/resolv.conf</c>.</summary>
/// <remarks>Source: resolv.conf(5), of which the C library reads three servers and six domains.</remarks>
public static class ResolverFile
{
    private const int MaxServers = 3, MaxDomains = 6;

    /// <summary>Writes it: each server and each domain once, in their order.</summary>
    /// <param name="servers">Resolvers, the preferred first.</param>
    /// <param name="domains">What is added to short names; only letters, digits, hyphens and dots.</param>
    public static string Write(IEnumerable<IpAddress> servers, IEnumerable<string> domains)
    {
        var text = new StringBuilder();
        foreach (var server in servers.Distinct().Take(MaxServers))
            text.Append("nameserver ").Append(server).Append('\n');
        var search = domains.Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxDomains).ToList();
        if (search.Count > 0)
            text.Append("search ").AppendJoin(' ', search).Append('\n');
        return text.ToString();
    }
}
