using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.ZoneRepository.Updates;

/// <summary>The text of one file while updates change it, each version a blob. Mutable, one owner.</summary>
/// <remarks>
/// The text is changed in its place. A version is stored as its difference to the one before, and the first of a group to the
/// text that was met first, the anchor, which goes into the pack of each group as it lies in another.
/// </remarks>
/// <param name="blob">What is stored.</param>
/// <param name="text">Its content; not written to.</param>
internal sealed class EditedText(ObjectId blob, ReadOnlyMemory<byte> text)
{
    private const int SpareOctets = 1 << 16;
    private const int MostPieces = 512;
    private const int LeastNewOctets = 4096;
    private const int LongestChain = 50; // of differences, as git makes them
    private const int FewSplices = 8; // for each of them what follows it is moved

    private byte[]? own; // once it was changed
    private ObjectId anchor = blob;
    private DeltaPieces pieces = new(text.Length);
    private int depth; // 0 while the version before is not of this group

    /// <summary>The present version.</summary>
    public ObjectId Blob { get; private set; } = blob;

    /// <summary>The present version: good until the next change. Empty while it is forgotten.</summary>
    public ReadOnlyMemory<byte> Text { get; private set; } = text;

    /// <summary>True when only what it is made of is known.</summary>
    public bool IsForgotten { get; private set; }

    /// <summary>What of this is in memory.</summary>
    public long Octets => own?.Length ?? Text.Length;

    /// <summary>Gives the memory back.</summary>
    public void Forget() => (own, Text, IsForgotten) = (null, default, true);

    /// <summary>Ends a <see cref="Forget"/>.</summary>
    /// <param name="again">The content of <see cref="Blob"/>; not written to.</param>
    public void Recall(ReadOnlyMemory<byte> again) => (Text, IsForgotten) = (again, false);

    /// <summary>From here on versions go into another pack.</summary>
    public void BeginGroup() => depth = 0;

    /// <summary>Makes the next version.</summary>
    /// <param name="splices">In ascending order, without overlap.</param>
    /// <param name="versions">Takes what is to be stored: nothing where the text is as it was at the anchor.</param>
    public void Change(Seq<TextSplice> splices, NewVersions versions)
    {
        var (before, step) = (Blob, new DeltaPieces(Text.Length));
        for (var at = splices.Count - 1; at >= 0; at--)
        {
            step.Replace(splices[at].Start, splices[at].End, splices[at].Text.Length);
            pieces.Replace(splices[at].Start, splices[at].End, splices[at].Text.Length);
        }
        Write(splices, Text.Length + splices.Sum(splice => splice.Text.Length - (splice.End - splice.Start)));
        Blob = ObjectHash.Compute(ObjectKind.Blob, Text.Span);
        if (Blob == anchor)
            BeginAnchor();
        else if (pieces.Pieces.Count > MostPieces || pieces.NewOctets > LeastNewOctets + (Text.Length / 16))
        {
            versions.Add(GitObject.Create(ObjectKind.Blob, Text.ToArray()));
            BeginAnchor();
        }
        else
        {
            var isOnStep = depth is > 0 and < LongestChain;
            depth = isOnStep ? depth + 1 : 1;
            versions.Add(isOnStep ? new ObjectDelta(Blob, before, step.ToDelta(Text.Span)) : new ObjectDelta(Blob, anchor, pieces.ToDelta(Text.Span)));
        }
    }

    private void BeginAnchor() => (anchor, pieces, depth) = (Blob, new(Text.Length), 0);

    private void Write(Seq<TextSplice> splices, int length)
    {
        // From the back on, what comes may have come before what goes has gone.
        if (own is null || own.Length < Text.Length + splices.Sum(splice => splice.Text.Length) || splices.Count > FewSplices)
        {
            var next = new byte[length + SpareOctets];
            var (from, to) = (0, 0);
            foreach (var splice in splices)
            {
                Text.Span[from..splice.Start].CopyTo(next.AsSpan(to));
                to += splice.Start - from;
                splice.Text.Span.CopyTo(next.AsSpan(to));
                (from, to) = (splice.End, to + splice.Text.Length);
            }
            Text.Span[from..].CopyTo(next.AsSpan(to));
            own = next;
        }
        else
        {
            var end = Text.Length;
            for (var at = splices.Count - 1; at >= 0; at--)
            {
                var splice = splices[at];
                own.AsSpan(splice.End..end).CopyTo(own.AsSpan(splice.Start + splice.Text.Length));
                splice.Text.Span.CopyTo(own.AsSpan(splice.Start));
                end += splice.Text.Length - (splice.End - splice.Start);
            }
        }
        Text = own.AsMemory(0, length);
    }
}
