using System.Text;
using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Server.Access;

/// <summary>Hands out the words of one line. After the first fault every word is empty.</summary>
internal ref struct PolicyLine
{
    private readonly ReadOnlySpan<byte> text;
    private readonly string file;
    private readonly int number;
    private int at;
    private (int Start, int End) taken;

    /// <summary>Starts at the first word.</summary>
    /// <param name="text">Without its line end.</param>
    /// <param name="file">For positions.</param>
    /// <param name="number">Counted from 1.</param>
    public PolicyLine(ReadOnlySpan<byte> text, string file, int number)
    {
        (this.file, this.number) = (file, number);
        var comment = text.IndexOf((byte)'#');
        this.text = (comment < 0 ? text : text[..comment]).TrimEnd(" \t\r"u8);
        SkipBlanks();
    }

    /// <summary>True when there is no word.</summary>
    public readonly bool IsEmpty => text.IsEmpty || at == text.Length;

    /// <summary>The first fault; null when there is none.</summary>
    public PolicyError? Error { get; private set; }

    /// <summary>Where the next word stands.</summary>
    public readonly TextPosition Here => new(file, number, at + 1);

    /// <summary>The next word, without taking it; null at the end, or after a fault.</summary>
    public readonly string? Peek() => Error is not null || at == text.Length ? null : Encoding.UTF8.GetString(text[at..WordEnd()]);

    /// <summary>The next word; empty, and a fault, at the end.</summary>
    public string Take(PolicyFault expected)
    {
        if (Peek() is not { } word)
        {
            Error ??= new(Here, expected, "");
            return "";
        }
        taken = (at, WordEnd());
        at = taken.End;
        SkipBlanks();
        return word;
    }

    /// <summary>Records that the word taken last is not what it should be, unless there was a fault before.</summary>
    public void FailTaken(PolicyFault fault) => Error ??= new(new(file, number, taken.Start + 1), fault, Excerpt.Of(text[taken.Start..taken.End]));

    /// <summary>Records a fault when there is another word.</summary>
    public void End(PolicyFault fault)
    {
        if (Peek() is null)
            return;
        Take(fault);
        FailTaken(fault);
    }

    private void SkipBlanks()
    {
        while (at < text.Length && IsBlank(text[at]))
            at++;
    }

    private readonly int WordEnd()
    {
        var end = at;
        while (end < text.Length && !IsBlank(text[end]))
            end++;
        return end;
    }

    private static bool IsBlank(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\r';
}
