using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Core;
using Riad.Dns.Cookies;

namespace Riad.Dns.Messages;

/// <summary>One option of an OPT record.</summary>
public abstract record EdnsOption
{
    private const int MinServerCookie = 8; // RFC 7873 §4
    private const int MaxServerCookie = 32;

    private EdnsOption()
    {
    }

    /// <summary>Which server answers; empty in a query, where it asks. RFC 5001 §2.3.</summary>
    public sealed record Nsid(Octets Identifier) : EdnsOption;

    /// <summary>A cookie. RFC 7873 §4.</summary>
    /// <param name="Client">8 octets.</param>
    /// <param name="Server">8 to 32 octets, or none.</param>
    public sealed record Cookie(Octets Client, Octets Server) : EdnsOption;

    /// <summary>Why an answer is as it is. RFC 8914 §2.</summary>
    /// <param name="Code">The reason.</param>
    /// <param name="Text">For people.</param>
    public sealed record ExtendedError(ExtendedErrorCode Code, string Text) : EdnsOption;

    /// <summary>Octets that hide the length. RFC 7830 §3.</summary>
    /// <param name="Length">How many.</param>
    public sealed record Padding(ushort Length) : EdnsOption;

    /// <summary>How long a TCP connection may stay idle. RFC 7828 §3.1.</summary>
    /// <param name="Timeout">In units of 100 milliseconds; null in a query, where it asks.</param>
    public sealed record TcpKeepalive(ushort? Timeout) : EdnsOption;

    /// <summary>The network of the client, as it stands there. RFC 7871 §6.</summary>
    public sealed record ClientSubnet(Octets Value) : EdnsOption;

    /// <summary>An option that we do not know.</summary>
    /// <param name="Code">None of the codes above.</param>
    /// <param name="Value">As it stands there.</param>
    public sealed record Unknown(ushort Code, Octets Value) : EdnsOption;

    /// <summary>Reads an option.</summary>
    /// <returns>False when the value is not one that the option's RFC allows.</returns>
    public static bool TryRead(EdnsOptionCode code, ReadOnlySpan<byte> value, [NotNullWhen(true)] out EdnsOption? option)
    {
        option = (int)code switch
        {
            (int)EdnsOptionCode.Nsid => new Nsid(new(value)),
            (int)EdnsOptionCode.ClientSubnet => new ClientSubnet(new(value)),
            (int)EdnsOptionCode.Cookie => ReadCookie(value),
            (int)EdnsOptionCode.TcpKeepalive => ReadTcpKeepalive(value),
            (int)EdnsOptionCode.Padding => new Padding((ushort)value.Length),
            (int)EdnsOptionCode.ExtendedError => ReadExtendedError(value),
            _ => new Unknown((ushort)code, new(value)),
        };
        return option is not null;
    }

    /// <summary>Writes the option; false when it does not fit.</summary>
    public bool TryWrite(ref EdnsOptionWriter writer) => this switch
    {
        Nsid(var identifier) => writer.TryWrite(EdnsOptionCode.Nsid, identifier.Span),
        Cookie(var client, var server) => writer.TryWrite(EdnsOptionCode.Cookie, [.. client.Span, .. server.Span]),
        ExtendedError(var code, var text) => writer.TryWriteExtendedError(code, Encoding.UTF8.GetBytes(text)),
        Padding(var length) => writer.TryWritePadding(length),
        TcpKeepalive(null) => writer.TryWrite(EdnsOptionCode.TcpKeepalive, []),
        TcpKeepalive({ } timeout) => writer.TryWriteTcpKeepalive(timeout),
        ClientSubnet(var value) => writer.TryWrite(EdnsOptionCode.ClientSubnet, value.Span),
        Unknown(var code, var value) => writer.TryWrite((EdnsOptionCode)code, value.Span),
        _ => throw new UnreachableException(),
    };

    private static Cookie? ReadCookie(ReadOnlySpan<byte> value)
    {
        if (value.Length < ServerCookies.ClientLength)
            return null;
        var server = value[ServerCookies.ClientLength..];
        return server.Length is 0 or (>= MinServerCookie and <= MaxServerCookie) ? new(new(value[..ServerCookies.ClientLength]), new(server)) : null;
    }

    private static TcpKeepalive? ReadTcpKeepalive(ReadOnlySpan<byte> value) => value switch
    {
        [] => new(Timeout: null),
        [var high, var low] => new((ushort)(high << 8 | low)),
        _ => null,
    };

    /// <summary>Text that is not UTF-8 is kept with replacement characters; the option stays readable for people.</summary>
    private static ExtendedError? ReadExtendedError(ReadOnlySpan<byte> value) =>
        value is [var high, var low, .. var text] ? new((ExtendedErrorCode)(high << 8 | low), Encoding.UTF8.GetString(text)) : null;
}
