using System.Collections.Immutable;
using Riad.Core;
using Riad.DnsPrimaryGit.Remotes;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>What of a request matters for who may do it.</summary>
internal sealed record AccessFacts
{
    /// <summary>What it is for.</summary>
    public required AccessKind Kind { get; init; }

    /// <summary>Who is at the other end of the connection; a proxy perhaps.</summary>
    public required IpAddress Peer { get; init; }

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

    /// <summary>Tells what a request is for. What is not known to be a reading is a push.</summary>
    /// <param name="method">Such as GET.</param>
    /// <param name="path">The whole path.</param>
    /// <param name="services">Every value of the query's <c>service</c>.</param>
    public static AccessKind KindOf(string method, string path, IEnumerable<string?> services)
    {
        var isReading = method is "GET" or "HEAD";
        if (path.EndsWith("/git-receive-pack", StringComparison.Ordinal) || services.Contains("git-receive-pack", StringComparer.Ordinal))
            return AccessKind.Push;
        if (path.EndsWith("/git-upload-pack", StringComparison.Ordinal))
            return AccessKind.Fetch;
        if (!isReading)
            return path is WebhookDoor.Path && method is "POST" ? AccessKind.Hook : AccessKind.Push;
        return path switch
        {
            "/health" or "/health/" => AccessKind.Health,
            "/metrics" or "/metrics/" => AccessKind.Metrics,
            _ => path.Contains(".git/", StringComparison.Ordinal) ? AccessKind.Fetch : AccessKind.Page,
        };
    }
}
