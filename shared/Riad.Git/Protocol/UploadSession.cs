using System.Diagnostics.CodeAnalysis;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>Answers requests for history over one state of a repository.</summary>
/// <param name="store">The objects.</param>
/// <param name="listing">The refs: what they reach may be asked for.</param>
/// <remarks>A mutable engine with one owner: it remembers commits that it read. Source: gitprotocol-pack(5); gitprotocol-v2(5), "fetch".</remarks>
public sealed class UploadSession(IObjectStore store, RefListing listing)
{
    private readonly CommitGraph graph = new(store);

    /// <summary>Commits that are looked at before a want that no ref names is refused as unreachable.</summary>
    public int MaxWalkedCommits { get; init; } = 100_000;

    /// <summary>Answers a version 0 or 1 request.</summary>
    /// <param name="output">Takes the lines; a pack comes after them.</param>
    /// <param name="request">What the client wants.</param>
    public UploadAnswer Answer(PktLineWriter output, UploadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Wants.IsEmpty)
            return UploadAnswer.NoPack;
        if (FindFault(request, out var change) is { } fault)
            return UploadAnswer.Refused(fault);
        if (change.IsAsked)
        {
            change.Write(output);
            output.WriteFlush();
        }
        if (request.EndsAfterWants)
            return UploadAnswer.NoPack;
        var common = CommonHistory.Find(graph, request.Haves);
        return Acknowledge(output, request, common) ? UploadAnswer.Pack(this, request, change, common) : UploadAnswer.NoPack;
    }

    /// <summary>Answers a version 2 request.</summary>
    /// <param name="output">Takes the lines; a pack comes after them, and a flush after that.</param>
    /// <param name="request">What the client wants.</param>
    public UploadAnswer AnswerFetch(PktLineWriter output, UploadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Wants.IsEmpty && !request.WaitForDone)
            return UploadAnswer.NoPack;
        if (FindFault(request, out var change) is { } fault)
            return UploadAnswer.Refused(fault);
        var common = CommonHistory.Find(graph, request.Haves);
        if (!request.Done && !request.Haves.IsEmpty && !AcknowledgeSection(output, request, common))
            return UploadAnswer.NoPack;
        if (change.IsAsked || !request.Shallow.IsEmpty)
        {
            output.WriteText("shallow-info");
            change.Write(output);
            output.WriteDelimiter();
        }
        output.WriteText("packfile");
        return UploadAnswer.Pack(this, request, change, common);
    }

    /// <summary>Answers <c>object-info</c>.</summary>
    public void Answer(PktLineWriter output, CommandRequest.ObjectInformation request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Size)
            output.WriteText("size");
        foreach (var id in request.Ids)
        {
            var exists = store.TryReadHeader(id, out _, out var octets);
            if (request.Size)
                output.WriteText(exists ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id} {octets}") : $"{id} ");
        }
        output.WriteFlush();
    }

    private string? FindFault(UploadRequest request, out ShallowChange change)
    {
        change = null!;
        if (new WantCheck(graph, listing, MaxWalkedCommits).FindForbidden(request.Wants) is { } forbidden)
            return $"upload-pack: not our ref {forbidden}";
        if (!ShallowChange.TryCompute(graph, request, FindRef, out var computed, out var fault))
            return $"upload-pack: {fault}";
        change = computed!;
        return null;
    }

    // deepen-not takes what git rev-parse takes of a ref's name.
    private ObjectId? FindRef(string name)
    {
        foreach (var candidate in (ReadOnlySpan<string>)[name, $"refs/{name}", $"refs/tags/{name}", $"refs/heads/{name}"])
        {
            foreach (var listed in listing.Refs)
            {
                if (string.Equals(listed.Name, candidate, StringComparison.Ordinal))
                    return listed.Id;
            }
        }
        return null;
    }

    private static bool Acknowledge(PktLineWriter output, UploadRequest request, CommonHistory common, bool isEnough)
    {
        var last = common.Common.IsEmpty ? default : common.Common[^1];
        var word = request.Acknowledge is AcknowledgeMode.Detailed ? "common" : "continue";
        if (request.Acknowledge is not AcknowledgeMode.First)
        {
            foreach (var id in common.Common)
                output.WriteText($"ACK {id} {word}");
        }
        if (request.Done)
        {
            output.WriteText(Final(request, common, last));
            return true;
        }
        var isReady = isEnough && request.Acknowledge is AcknowledgeMode.Detailed;
        if (isReady)
            output.WriteText($"ACK {last} ready");
        if (request.Acknowledge is not AcknowledgeMode.First || common.Common.IsEmpty)
            output.WriteText("NAK");
        else
            output.WriteText($"ACK {common.Common[0]}");
        if (!isReady || !request.NoDone)
            return false;
        output.WriteText($"ACK {last}");
        return true;
    }

    private static bool Acknowledge(PktLineWriter output, UploadRequest request, CommonHistory common) =>
        Acknowledge(output, request, common, isEnough: !request.Done && common.IsEnoughFor(request.Wants));

    private static string Final(UploadRequest request, CommonHistory common, ObjectId last)
    {
        if (common.Common.IsEmpty)
            return "NAK";
        return request.Acknowledge is AcknowledgeMode.First ? $"ACK {common.Common[0]}" : $"ACK {last}";
    }

    private static bool AcknowledgeSection(PktLineWriter output, UploadRequest request, CommonHistory common)
    {
        output.WriteText("acknowledgments");
        if (common.Common.IsEmpty)
            output.WriteText("NAK");
        foreach (var id in common.Common)
            output.WriteText($"ACK {id}");
        if (request.WaitForDone || !common.IsEnoughFor(request.Wants))
        {
            output.WriteFlush();
            return false;
        }
        output.WriteText("ready");
        output.WriteDelimiter();
        return true;
    }

    internal bool TrySelect(UploadRequest request, ShallowChange change, CommonHistory common, [NotNullWhen(true)] out PackSelection? selection, out ObjectId missing)
    {
        var tags = listing.Refs.Where(listed => listed.Name.StartsWith("refs/tags/", StringComparison.Ordinal));
        return PackSelection.TrySelect(graph, request, common.Common, change, tags, out selection, out missing);
    }
}
