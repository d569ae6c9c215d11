namespace Riad.Git.Objects;

/// <summary>Reads the entries of a tree without allocating. Ends at the first fault.</summary>
internal ref struct TreeReader(ReadOnlySpan<byte> content)
{
    private readonly ReadOnlySpan<byte> content = content;

    public int Position { get; private set; }

    public ObjectError Error { get; private set; }

    /// <summary>Reads the next entry.</summary>
    /// <param name="mode">The number of the mode, at most 17 bits.</param>
    /// <param name="name">Where the name stands; may be empty.</param>
    /// <param name="id">The entry's object.</param>
    public bool TryNext(out int mode, out Range name, out ObjectId id)
    {
        (mode, name, id) = (0, default, default);
        if (Position == content.Length || Error.Fault is not ObjectFault.None)
            return false;
        var start = Position;
        var index = start;
        while (index < content.Length && content[index] is >= (byte)'0' and <= (byte)'7' && index - start < 7)
            mode = (mode << 3) | (content[index++] - '0');
        if (index == start || index == content.Length || content[index] != ' ' || mode > 0xFFFF)
            return Fail(ObjectFault.BadTree, start);
        var length = content[++index..].IndexOf((byte)0);
        if (length < 0 || content.Length - index - length - 1 < ObjectId.OctetCount)
            return Fail(ObjectFault.BadTree, index);
        name = index..(index + length);
        id = ObjectId.FromOctets(content[(index + length + 1)..]);
        Position = index + length + 1 + ObjectId.OctetCount;
        return true;
    }

    private bool Fail(ObjectFault fault, int offset)
    {
        Error = new(fault, offset);
        return false;
    }
}
