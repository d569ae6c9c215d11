using System.Text;
using Riad.Git.Protocol.Client;

namespace Riad.Fuzz.Git;

/// <summary>No address passes that ssh or git would take for an option.</summary>
internal sealed class RemoteAddressFuzz : IFuzzTarget
{
    public string Name => "git-remote-address";

    public IEnumerable<byte[]> Seeds =>
    [
        "https://ada@forge.example:8443/zones.git#main"u8.ToArray(), "ssh://git@[2001:db8::1]:22/~ada/zones"u8.ToArray(), "git@forge:zones.git"u8.ToArray(),
        "file:///srv/zones"u8.ToArray(), "ext::sh"u8.ToArray(), "-oProxyCommand=x"u8.ToArray(), "ssh://-oProxyCommand=x/y"u8.ToArray(),
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!RemoteAddressReader.TryRead(Encoding.UTF8.GetString(octets), out var address, out _, out var instead))
        {
            _ = instead.Length;
            return;
        }
        _ = address.ToString();
        if (address is RemoteAddress.Ssh ssh && (ssh.Destination[0] is '-' || ssh.Host[0] is '-' || ssh.Path[0] is '-'))
            throw new InvalidOperationException("an option passed");
        if (address is RemoteAddress.Local { Path: ['-', ..] } or RemoteAddress.Http { Url.Scheme: not ("http" or "https") })
            throw new InvalidOperationException("something that is not spoken passed");
    }
}
