using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Riad.Core;

namespace Riad.Host.Http;

/// <summary>What of a request tells where it comes from.</summary>
public sealed record RequestFacts
{
    /// <summary>Who is at the other end of the connection; a proxy perhaps.</summary>
    public required IpAddress Peer { get; init; }

    /// <summary>True when both ends of the connection have one address: who asks is on this host, whatever the address.</summary>
    public bool IsFromOwnAddress { get; init; }

    /// <summary>The port that was connected to.</summary>
    public required ushort Port { get; init; }

    /// <summary>True when the connection itself is TLS.</summary>
    public bool IsTls { get; init; }

    /// <summary>The Host header as sent.</summary>
    public string Host { get; init; } = "";

    /// <summary>The Origin header; null when there is none.</summary>
    public string? Origin { get; init; }

    /// <summary>The Sec-Fetch-Site header; null when there is none.</summary>
    public string? FetchSite { get; init; }

    /// <summary>The addresses of X-Forwarded-For as sent, the last is nearest to us.</summary>
    public ImmutableArray<string> ForwardedFor { get; init; } = [];

    /// <summary>X-Forwarded-Proto as sent; null when there is none.</summary>
    public string? ForwardedProto { get; init; }

    /// <summary>True when any header says that a proxy handed the request on.</summary>
    public bool IsForwarded { get; init; }

    /// <summary>Reads them.</summary>
    public static RequestFacts Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var headers = context.Request.Headers;
        return new()
        {
            // A connection without an address is a stranger's.
            Peer = context.Connection.RemoteIpAddress?.ToRiad() ?? default,
            IsFromOwnAddress = context.Connection is { RemoteIpAddress: { } there, LocalIpAddress: { } here } && there.ToRiad() == here.ToRiad(),
            Port = (ushort)context.Connection.LocalPort,
            IsTls = context.Request.IsHttps,
            Host = headers.Host.ToString(),
            Origin = headers.Origin is { Count: > 0 } origin ? origin.ToString() : null,
            FetchSite = headers["Sec-Fetch-Site"] is { Count: > 0 } site ? site.ToString() : null,
            ForwardedFor = [.. headers["X-Forwarded-For"].SelectMany(value => (value ?? "").Split(','))],
            ForwardedProto = headers["X-Forwarded-Proto"] is { Count: > 0 } proto ? proto.ToString() : null,
            IsForwarded = headers.ContainsKey("Forwarded") || headers.ContainsKey("Via") || headers.ContainsKey("X-Real-IP")
                || headers.Keys.Any(name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)),
        };
    }

    /// <summary>Why a request on loopback may come from a web page of somebody else; null when nothing says so.</summary>
    /// <param name="option">What would let it in, such as <c>--users FILE</c>.</param>
    /// <remarks>git and curl send neither header; a browser sends one or both when a page other than ours is behind the request.</remarks>
    public string? FindBrowser(string option)
    {
        if (Origin is not null)
            return $"a web page sent this (it has an Origin), and none is let in; start with {option}";
        return FetchSite is null or "none" or "same-origin"
            ? null
            : $"a page of another site sent this (Sec-Fetch-Site); type the address yourself, or start with {option}";
    }

    /// <summary>Why a request on loopback is meant for another host; null when it is meant for this one.</summary>
    /// <param name="option">What would let it in, such as <c>--users FILE</c>.</param>
    /// <remarks>
    /// DNS rebinding: a page's own name that has come to mean 127.0.0.1 stands in the Host header. It can be neither an
    /// address nor <c>localhost</c>, whatever the port, which another program may hand on (<c>ssh -L</c>).
    /// </remarks>
    public string? FindForeignHost(string option) => IsLoopback(HostWithoutPort())
        ? null
        : $"the Host header names somebody else; use http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/, or start with {option}";

    private string HostWithoutPort() =>
        Host.LastIndexOf(':') is >= 0 and var colon && ushort.TryParse(Host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? Host[..colon] : Host;

    private static bool IsLoopback(string name)
    {
        if (name.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return true;
        var isBracketed = name is ['[', .., ']'];
        return IpAddress.TryParse(Encoding.UTF8.GetBytes(isBracketed ? name[1..^1] : name), out var address) && address.IsIPv6 == isBracketed && address.Unmapped.IsLoopback;
    }
}
