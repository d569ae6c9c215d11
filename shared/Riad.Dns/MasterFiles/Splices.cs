namespace Riad.Dns.MasterFiles;

/// <summary>Pieces of a text to be replaced, in ascending order and without overlap.</summary>
internal sealed class Splices
{
    private readonly List<(int Start, int End, byte[] Text)> list = [];

    public bool IsEmpty => list.Count == 0;

    public IReadOnlyList<(int Start, int End, byte[] Text)> All => list;

    /// <summary>By how many octets the text becomes longer.</summary>
    public int Growth => list.Sum(splice => splice.Text.Length - (splice.End - splice.Start));

    public void Remove(int start, int end) => list.Add((start, end, []));

    public void Insert(int at, ReadOnlySpan<byte> text) => list.Add((at, at, text.ToArray()));

    public void Replace(int start, int end, ReadOnlySpan<byte> text) => list.Add((start, end, text.ToArray()));

    public void Add(Splices others) => list.AddRange(others.list);

    public List<byte> Apply(ReadOnlySpan<byte> text) => Apply(text, 0, text.Length);

    /// <summary>The new text of a range that has all pieces inside.</summary>
    public List<byte> Apply(ReadOnlySpan<byte> text, int from, int to)
    {
        var result = new List<byte>(to - from);
        var at = from;
        foreach (var (start, end, replacement) in list)
        {
            result.AddRange(text[at..start]);
            result.AddRange(replacement);
            at = end;
        }
        result.AddRange(text[at..to]);
        return result;
    }
}
