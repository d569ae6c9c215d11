namespace Riad.Dns.MasterFiles;

/// <summary>Takes a master file apart into entries (a line, or several joined by parentheses) and their words.</summary>
/// <remarks>Source: RFC 1035 §5.1. After a fault it goes on at the next line. Empty lines and comments are no entries.</remarks>
internal ref struct MasterFileScanner
{
    /// <summary>Enough for the longest data, 65535 octets, as single hexadecimal digits.</summary>
    public const int MaxTokens = (2 * ushort.MaxValue) + 16;

    private const int FirstTokens = 32;

    private readonly ReadOnlySpan<byte> text;
    private MasterToken[] tokens = new MasterToken[FirstTokens];
    private int count;
    private int depth;
    private int opened; // where the first parenthesis of the entry stands

    public MasterFileScanner(ReadOnlySpan<byte> text)
    {
        this.text = text;
        End = text.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
    }

    public static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>The first octet of the entry's first line.</summary>
    public int Start { get; private set; }

    /// <summary>Behind the entry and its line end.</summary>
    public int End { get; private set; }

    public ScanFault Fault { get; private set; }

    /// <summary>Where the fault is.</summary>
    public int FaultAt { get; private set; }

    /// <summary>True when a word has quotes inside, as in alpn="h2,h3".</summary>
    public bool HasInnerQuotes { get; private set; }

    /// <summary>True when the line begins with a blank: the owner is that of the record before.</summary>
    public readonly bool IsIndented => text[Start] is (byte)' ' or (byte)'\t';

    /// <summary>The words. They are overwritten by the next move.</summary>
    public readonly ReadOnlySpan<MasterToken> Tokens => tokens.AsSpan(0, count);

    /// <summary>Goes to the next entry that has words, or a fault; false at the end of the file.</summary>
    public bool MoveNext()
    {
        (Start, count, depth, Fault, HasInnerQuotes) = (End, 0, 0, ScanFault.None, false);
        var at = Start;
        while (at < text.Length)
        {
            switch (OctetClasses.Of(text[at]))
            {
                case OctetClass.Word:
                    at = TakeWord(at);
                    break;
                case OctetClass.Blank:
                    at++;
                    break;
                case OctetClass.LineEnd:
                    at++;
                    if (depth > 0)
                        break;
                    if (count > 0)
                        return Finish(at);
                    Start = at;
                    break;
                case OctetClass.Comment:
                    at = EndOfLine(at);
                    break;
                case OctetClass.Quote:
                    at = TakeQuoted(at);
                    break;
                case OctetClass.Parenthesis:
                    at = TakeParenthesis(at);
                    break;
                case OctetClass.Control:
                    return Fail(ScanFault.ControlOctet, at);
            }
            if (Fault is not ScanFault.None)
                return true;
        }
        if (depth > 0)
            return Fail(ScanFault.ParenthesisOpen, opened);
        return Finish(at) && count > 0;
    }

    private int TakeWord(int start)
    {
        var at = start;
        do
            at += text[at] == '\\' && at + 1 < text.Length && text[at + 1] is not (byte)'\n' and not (byte)'\r' ? 2 : 1;
        while (at < text.Length && OctetClasses.Of(text[at]) is OctetClass.Word);
        if (at < text.Length && text[at] == '"' && text[at - 1] == '=')
        {
            at = SkipQuotes(at);
            HasInnerQuotes = true;
        }
        Add(new(start, at - start, Quoted: false));
        return at;
    }

    private int TakeQuoted(int quote)
    {
        var end = SkipQuotes(quote);
        Add(new(quote + 1, Math.Max(end - quote - 2, 0), Quoted: true));
        return end;
    }

    /// <summary>From an opening quote to behind the closing one.</summary>
    private int SkipQuotes(int quote)
    {
        var at = quote + 1;
        while (at < text.Length)
        {
            at += text[at..].IndexOfAny((byte)'"', (byte)'\\', (byte)'\n') is var step and >= 0 ? step : text.Length - at;
            if (at == text.Length || text[at] == '\n')
                break;
            if (text[at] == '"')
                return at + 1;
            at += at + 1 < text.Length && text[at + 1] is not (byte)'\n' ? 2 : 1;
        }
        Fail(ScanFault.QuoteOpen, quote);
        return at;
    }

    private int TakeParenthesis(int at)
    {
        if (text[at] == '(')
        {
            opened = depth == 0 ? at : opened;
            depth++;
            return at + 1;
        }
        if (--depth < 0)
            Fail(ScanFault.ParenthesisUnopened, at);
        return at + 1;
    }

    private void Add(MasterToken token)
    {
        if (count == tokens.Length)
            Array.Resize(ref tokens, tokens.Length * 2);
        tokens[count++] = token;
        if (count > MaxTokens)
            Fail(ScanFault.TooManyWords, token.Start);
    }

    private bool Finish(int end)
    {
        End = end;
        return true;
    }

    /// <summary>Goes on at the next line; out of an open parenthesis, at the next line that begins with an owner or directive.</summary>
    private bool Fail(ScanFault fault, int at)
    {
        (Fault, FaultAt) = (fault, at);
        End = NextLine(at);
        while (depth > 0 && End < text.Length && text[End] is (byte)' ' or (byte)'\t' or (byte)')' or (byte)'\r' or (byte)'\n' or (byte)';')
            End = NextLine(End);
        return true;
    }

    private readonly int NextLine(int at) => Math.Min(EndOfLine(at) + 1, text.Length);

    private readonly int EndOfLine(int at) => text[at..].IndexOf((byte)'\n') is var step and >= 0 ? at + step : text.Length;
}
