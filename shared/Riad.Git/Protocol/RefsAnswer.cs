using System.Text;
using Riad.Core;

namespace Riad.Git.Protocol;

/// <summary>The answer to <c>ls-refs</c>.</summary>
/// <remarks>Source: gitprotocol-v2(5), "ls-refs".</remarks>
public static class RefsAnswer
{
    /// <summary>Writes the refs that were asked for.</summary>
    public static void Write(PktLineWriter output, CommandRequest.ListRefs request, RefListing listing)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(listing);
        if (IsAsked("HEAD", request.Prefixes))
            WriteHead(output, request, listing);
        foreach (var listed in listing.Refs)
        {
            if (IsAsked(listed.Name, request.Prefixes))
                output.WriteText(Line(listed, request.Peel));
        }
        output.WriteFlush();
    }

    private static void WriteHead(PktLineWriter output, CommandRequest.ListRefs request, RefListing listing)
    {
        if (listing.HeadId.IsZero && !(request.Unborn && request.Symrefs && listing.HeadTarget is not null))
            return;
        var line = new StringBuilder(listing.HeadId.IsZero ? "unborn" : listing.HeadId.ToString()).Append(" HEAD");
        if (request.Symrefs && listing.HeadTarget is { } target)
            line.Append(" symref-target:").Append(target);
        output.WriteText(line.ToString());
    }

    private static string Line(ListedRef listed, bool peel) =>
        peel && !listed.Peeled.IsZero ? $"{listed.Id} {listed.Name} peeled:{listed.Peeled}" : $"{listed.Id} {listed.Name}";

    private static bool IsAsked(string name, Seq<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }
        return prefixes.Count == 0;
    }
}
