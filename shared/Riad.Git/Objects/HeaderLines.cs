namespace Riad.Git.Objects;

/// <summary>Reads the header lines of a commit or tag front to back.</summary>
internal ref struct HeaderLines(ReadOnlySpan<byte> content)
{
    private readonly ReadOnlySpan<byte> content = content;

    public int Position { get; private set; }

    /// <summary>Takes the next line when it begins with the word and a space; moves nothing otherwise.</summary>
    public bool TryTake(ReadOnlySpan<byte> word, out Range value)
    {
        value = default;
        var rest = content[Position..];
        var end = rest.IndexOf((byte)'\n');
        if (end <= word.Length || !rest.StartsWith(word) || rest[word.Length] != ' ')
            return false;
        value = (Position + word.Length + 1)..(Position + end);
        Position += end + 1;
        return true;
    }

    public bool TryTakeId(ReadOnlySpan<byte> word, out ObjectId id)
    {
        id = default;
        return TryTake(word, out var value) && ObjectId.TryParse(content[value], out id);
    }

    /// <summary>Takes the lines up to the empty one or the end, which may be absent when there is no message.</summary>
    public Range TakeRest()
    {
        var start = Position;
        while (Position < content.Length && content[Position] != '\n')
        {
            var end = content[Position..].IndexOf((byte)'\n');
            Position = end < 0 ? content.Length : Position + end + 1;
        }
        return start..Position;
    }
}
