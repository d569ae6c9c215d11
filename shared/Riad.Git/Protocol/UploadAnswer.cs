using System.Diagnostics.CodeAnalysis;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>What comes after the lines of an answer to a client that clones or fetches.</summary>
public sealed class UploadAnswer
{
    private readonly UploadSession? session;
    private readonly ShallowChange? change;
    private readonly CommonHistory? common;

    private UploadAnswer(string? fault, UploadSession? session = null, UploadRequest? request = null, ShallowChange? change = null, CommonHistory? common = null) =>
        (Fault, this.session, Request, this.change, this.common) = (fault, session, request, change, common);

    /// <summary>Why the request is refused, in words for the client; null when it is not. Lines that were written already are to be dropped.</summary>
    public string? Fault { get; }

    /// <summary>The request, when a pack follows; null when the lines are the whole answer.</summary>
    public UploadRequest? Request { get; }

    internal static UploadAnswer NoPack { get; } = new(fault: null);

    internal static UploadAnswer Refused(string fault) => new(fault);

    internal static UploadAnswer Pack(UploadSession session, UploadRequest request, ShallowChange change, CommonHistory common) =>
        new(fault: null, session, request, change, common);

    /// <summary>Selects the objects of the pack, which may take long: it visits every new commit and folder.</summary>
    /// <param name="selection">What to send.</param>
    /// <param name="missing">An object that should be there and is not: the repository is damaged.</param>
    /// <exception cref="InvalidOperationException">No pack follows.</exception>
    public bool TrySelect([NotNullWhen(true)] out PackSelection? selection, out ObjectId missing)
    {
        if (session is null)
            throw new InvalidOperationException("No pack follows this answer.");
        return session.TrySelect(Request!, change!, common!, out selection, out missing);
    }
}
