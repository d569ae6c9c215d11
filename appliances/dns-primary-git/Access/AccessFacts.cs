using Riad.DnsPrimaryGit.Remotes;
using Riad.Host.Http;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>What of a request matters for who may do it.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Request">Where it comes from.</param>
internal sealed record AccessFacts(AccessKind Kind, RequestFacts Request)
{
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
