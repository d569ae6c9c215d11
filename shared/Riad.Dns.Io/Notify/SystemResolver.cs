using System.Net;
using System.Net.Sockets;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Io;

/// <summary>Asks the system's resolver for addresses.</summary>
public static class SystemResolver
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>The addresses of a name, absolute: no search list is applied. None when there is none, or the resolver does not say.</summary>
    public static async Task<Seq<IpAddress>> ResolveAsync(DomainName name, CancellationToken cancellation)
    {
        try
        {
            var found = await System.Net.Dns.GetHostAddressesAsync(name.ToString(), cancellation).WaitAsync(Limit, cancellation);
            return found.Select(address => IpAddress.TryParse(Encoding.ASCII.GetBytes(address.ToString()), out var read) ? read : default)
                .Where(address => !address.IsAny).Distinct().Order().ToSeq();
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException or TimeoutException)
        {
            return [];
        }
    }
}
