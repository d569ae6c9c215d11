using Riad.Core;

namespace Riad.Dns.MasterFiles;

/// <summary>Where words come from: a file, or a line that a $GENERATE of the file made.</summary>
internal readonly ref struct MasterSource
{
    private readonly ReadOnlySpan<byte> fileText;
    private readonly int madeAt;

    public MasterSource(string file, ReadOnlySpan<byte> text)
    {
        File = file;
        Text = fileText = text;
        madeAt = -1;
    }

    private MasterSource(string file, ReadOnlySpan<byte> line, ReadOnlySpan<byte> fileText, int madeAt)
    {
        File = file;
        Text = line;
        this.fileText = fileText;
        this.madeAt = madeAt;
    }

    public string File { get; }

    /// <summary>What tokens point into.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>True for a line that a $GENERATE made.</summary>
    public bool IsGenerated => madeAt >= 0;

    /// <summary>A line made by the directive at <paramref name="at"/>: all its positions are the directive's.</summary>
    public MasterSource Made(ReadOnlySpan<byte> line, int at) => new(File, line, fileText, at);

    public ReadOnlySpan<byte> Word(MasterToken token) => Text.Slice(token.Start, token.Length);

    /// <summary>Line and column of an octet of <see cref="Text"/>. Reads the file from its start: for faults only.</summary>
    public TextPosition PositionOf(int offset)
    {
        var before = fileText[..(madeAt >= 0 ? madeAt : offset)];
        if (before.StartsWith(MasterFileScanner.ByteOrderMark))
            before = before[MasterFileScanner.ByteOrderMark.Length..];
        return new(File, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }
}
