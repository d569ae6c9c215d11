using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Notify;

namespace Riad.DnsPrimaryGit.Keys;

/// <summary>A value of <c>--notify</c>: ADDRESS[:PORT], and =KEY behind it where the message is to be signed.</summary>
/// <param name="Endpoint">Where.</param>
/// <param name="Key">The key's name; null where the names of keys decide.</param>
internal sealed record NotifyPeerOption(IpEndpoint Endpoint, DomainName? Key)
{
    public static bool TryRead(string text, [NotNullWhen(true)] out NotifyPeerOption? value, [NotNullWhen(false)] out string? instead)
    {
        (value, instead) = (null, "write ADDRESS or ADDRESS:PORT, such as 192.0.2.53 or [2001:db8::53]:5353, and =KEY behind it to sign");
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        var where = sign < 0 ? text : text[..sign];
        var key = default(DomainName);
        if (sign >= 0 && !DomainName.TryParseAbsolute(text[(sign + 1)..], out key))
            return false;
        if (!IpEndpoint.TryParse(where, out var endpoint))
        {
            var bare = where is ['[', .., ']'] ? where[1..^1] : where;
            if (!IpAddress.TryParse(Encoding.UTF8.GetBytes(bare), out var address))
                return false;
            endpoint = new(address, NotifyTarget.Port);
        }
        (value, instead) = (new(endpoint, key), null);
        return true;
    }

    public override string ToString() => Key is null ? $"{Endpoint}" : $"{Endpoint}={Key.ToStringWithoutFinalDot()}";
}
