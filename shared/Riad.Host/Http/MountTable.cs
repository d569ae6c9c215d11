using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Riad.Host.Http;

/// <summary>Which handler answers which path: the longest mount point that the path begins with, by whole segments.</summary>
internal sealed record MountTable(ImmutableArray<KeyValuePair<PathString, RequestDelegate>> Mounts)
{
    public static readonly MountTable Empty = new([]);

    public MountTable With(PathString path, RequestDelegate handler)
    {
        if (Mounts.Any(mount => mount.Key == path))
            throw new ArgumentException($"Two handlers for {path}", nameof(path));
        return new([.. Mounts.Add(new(path, handler)).OrderByDescending(mount => mount.Key.Value!.Length)]);
    }

    /// <summary>Moves the mount point from the path to the path base, as ASP.NET does, and hands the request over.</summary>
    public Task HandleAsync(HttpContext context)
    {
        foreach (var (path, handler) in Mounts)
        {
            if (!context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal, out var rest))
                continue;
            context.Request.PathBase += path;
            context.Request.Path = rest;
            return handler(context);
        }
        return PlainAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "nothing is here");
    }
}
