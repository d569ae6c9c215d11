namespace Riad.Git.Packs;

/// <summary>Of what pieces of a base, and of what new ones, a text is made while it is changed again and again. Mutable, one owner.</summary>
/// <remarks>So a delta is known without a comparison of the two texts.</remarks>
public sealed class DeltaPieces
{
    private readonly List<DeltaPiece> pieces;

    /// <summary>Begins with the base itself.</summary>
    /// <param name="baseOctets">How long the base is.</param>
    public DeltaPieces(int baseOctets)
    {
        BaseOctets = baseOctets;
        pieces = baseOctets > 0 ? [new(0, baseOctets)] : [];
    }

    /// <summary>How long the base is.</summary>
    public int BaseOctets { get; }

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<DeltaPiece> Pieces => pieces;

    /// <summary>How many octets of the text are new.</summary>
    public int NewOctets { get; private set; }

    /// <summary>Follows a change of the text.</summary>
    /// <param name="start">Where it begins in the text as it is now.</param>
    /// <param name="end">Where what goes ends.</param>
    /// <param name="octets">How many octets come in its place.</param>
    public void Replace(int start, int end, int octets)
    {
        var first = Split(start);
        var last = Split(end);
        for (var at = first; at < last; at++)
            NewOctets -= pieces[at].IsNew ? pieces[at].Octets : 0;
        pieces.RemoveRange(first, last - first);
        NewOctets += octets;
        if (octets > 0)
            pieces.Insert(first, new(-1, octets));
        Merge(first + 1);
        Merge(first);
    }

    /// <summary>The delta from the base to the text.</summary>
    /// <param name="text">As it is now.</param>
    public ReadOnlyMemory<byte> ToDelta(ReadOnlySpan<byte> text) => DeltaWriter.Join(BaseOctets, text, pieces);

    /// <summary>Makes one of a new piece and the new one before it.</summary>
    private void Merge(int at)
    {
        if (at == 0 || at >= pieces.Count || !pieces[at].IsNew || !pieces[at - 1].IsNew)
            return;
        pieces[at - 1] = new(-1, pieces[at - 1].Octets + pieces[at].Octets);
        pieces.RemoveAt(at);
    }

    /// <summary>Makes a piece begin at a place of the text, and gives its number.</summary>
    private int Split(int place)
    {
        for (var at = 0; at < pieces.Count; at++)
        {
            if (place == 0)
                return at;
            var piece = pieces[at];
            if (place < piece.Octets)
            {
                pieces[at] = piece with { Octets = place };
                pieces.Insert(at + 1, new(piece.IsNew ? -1 : piece.From + place, piece.Octets - place));
                return at + 1;
            }
            place -= piece.Octets;
        }
        return place == 0 ? pieces.Count : throw new ArgumentOutOfRangeException(nameof(place), "beyond the text");
    }
}
