using Riad.Core;

namespace Riad.Dns.Tsig.Keys;

/// <summary>Takes a file of keys apart into words, quoted words, and the signs { } and ;, and collects what is wrong.</summary>
internal ref struct KeyWords
{
    private readonly string file;
    private readonly ReadOnlySpan<byte> text;
    private readonly List<KeyError> errors = [];
    private int end; // behind the present word, its closing quotes counted
    private int length;
    private bool isQuoted;

    public KeyWords(string file, ReadOnlySpan<byte> text)
    {
        this.file = file;
        this.text = text;
        end = text.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
    }

    /// <summary>Where the present word stands.</summary>
    public int Start { get; private set; }

    /// <summary>The present word, without quotes.</summary>
    public readonly ReadOnlySpan<byte> Word => text.Slice(Start, length);

    /// <summary>True for one of the signs.</summary>
    public readonly bool IsSign => !isQuoted && length == 1 && Word[0] is (byte)'{' or (byte)'}' or (byte)';';

    public readonly IReadOnlyList<KeyError> Errors => errors;

    /// <summary>True when no more errors are told.</summary>
    public readonly bool IsFull => errors.Count >= KeyFileReader.MaxErrors;

    /// <summary>True when another word stands on the line of the present one.</summary>
    public readonly bool HasMoreOnLine
    {
        get
        {
            var rest = text[end..];
            var lineEnd = rest.IndexOf((byte)'\n');
            var line = (lineEnd < 0 ? rest : rest[..lineEnd]).TrimStart(" \t\r"u8);
            return !line.IsEmpty && line[0] != '#' && !line.StartsWith("//"u8) && !line.StartsWith("/*"u8);
        }
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>True for that word without quotes.</summary>
    public readonly bool IsPlain(ReadOnlySpan<byte> word) => !isQuoted && Word.SequenceEqual(word);

    /// <summary>True for that sign.</summary>
    public readonly bool Is(byte sign) => IsSign && Word[0] == sign;

    /// <summary>Goes to the next word; false at the end of the file.</summary>
    public bool MoveNext()
    {
        length = 0;
        if (!TrySkipBlanksAndComments())
            return false;
        Start = end;
        isQuoted = text[end] == '"';
        if (isQuoted)
            return TakeQuoted();
        end++;
        while (!IsSignOctet(text[Start]) && end < text.Length && !IsBlank(text[end]) && !IsSignOctet(text[end]) && text[end] != '"' && text[end] != '#')
            end++;
        length = end - Start;
        return true;
    }

    /// <summary>Gives the present word and takes the sign behind it; false when another word stands there.</summary>
    public bool TryTake(byte sign, out ReadOnlySpan<byte> word)
    {
        word = Word;
        return MoveNext() && Is(sign);
    }

    /// <summary>Records a fault of the present word.</summary>
    /// <returns>Null.</returns>
    public readonly TsigKey? Fail(KeyFault fault, string subject) => FailAt(Start, fault, subject);

    /// <summary>Lets faults be told of the word that begins there, without reading it again.</summary>
    public void PointTo(int start) => Start = start;

    /// <summary>Records that a statement is none, and goes on behind its end.</summary>
    /// <returns>Null.</returns>
    public TsigKey? FailStatement(int start)
    {
        if (end == text.Length && length == 0)
            return IsFull || errors.Exists(error => error.Fault is KeyFault.FileEndsEarly) ? null : FailAt(start, KeyFault.FileEndsEarly, "");
        Fail(KeyFault.StatementMalformed, "");
        while (!Is((byte)'}') && MoveNext())
        {
        }
        while (!Is((byte)';') && HasMoreOnLine && MoveNext())
        {
        }
        return null;
    }

    /// <summary>Goes on with the next line.</summary>
    public void SkipLine()
    {
        var next = text[end..].IndexOf((byte)'\n');
        end = next < 0 ? text.Length : end + next;
    }

    private readonly TsigKey? FailAt(int offset, KeyFault fault, string subject)
    {
        var before = text[..offset];
        errors.Add(new(new(file, before.Count((byte)'\n') + 1, offset - before.LastIndexOf((byte)'\n')), fault, subject));
        return null;
    }

    private bool TakeQuoted()
    {
        Start++;
        var close = text[Start..].IndexOfAny((byte)'"', (byte)'\n');
        if (close < 0 || text[Start + close] != '"')
        {
            FailAt(Start - 1, KeyFault.FileEndsEarly, "");
            end = text.Length;
            return false;
        }
        length = close;
        end = Start + close + 1;
        return true;
    }

    private bool TrySkipBlanksAndComments()
    {
        while (end < text.Length)
        {
            if (IsBlank(text[end]))
                end++;
            else if (text[end] == '#' || text[end..].StartsWith("//"u8))
                SkipLine();
            else if (!text[end..].StartsWith("/*"u8))
                return true;
            else if (text[end..].IndexOf("*/"u8) is var close and >= 0)
                end += close + 2;
            else
            {
                FailAt(end, KeyFault.FileEndsEarly, "");
                end = text.Length;
            }
        }
        return false;
    }

    private static bool IsBlank(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static bool IsSignOctet(byte octet) => octet is (byte)'{' or (byte)'}' or (byte)';';
}
