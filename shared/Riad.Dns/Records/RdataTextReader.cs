using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;

namespace Riad.Dns.Records;

/// <summary>Hands out the words of one record's data and takes its octets. After the first fault every word is empty.</summary>
internal ref struct RdataTextReader
{
    /// <summary>The octets made so far.</summary>
    public WireWriter Output;

    private readonly ReadOnlySpan<byte> text;
    private readonly ReadOnlySpan<MasterToken> tokens;
    private int next;

    public RdataTextReader(ReadOnlySpan<byte> text, ReadOnlySpan<MasterToken> tokens, ReadOnlySpan<byte> origin, Span<byte> rdata)
    {
        this.text = text;
        this.tokens = tokens;
        Origin = origin;
        Output = new(rdata);
    }

    /// <summary>What completes relative names, on the wire; empty when there is nothing.</summary>
    public ReadOnlySpan<byte> Origin { get; }

    public RdataError Error { get; private set; }

    public readonly bool Failed => Error.Fault is not RdataFault.None;

    public readonly bool AtEnd => Failed || next == tokens.Length;

    /// <summary>How many words are left.</summary>
    public readonly int Remaining => Failed ? 0 : tokens.Length - next;

    /// <summary>True when the word taken last stood in quotes.</summary>
    public readonly bool WasQuoted => tokens[next - 1].Quoted;

    /// <summary>The next word; when there is none, the fault that <paramref name="expected"/> is missing.</summary>
    public ReadOnlySpan<byte> Take(RdataFault expected)
    {
        if (Failed)
            return default;
        if (next == tokens.Length)
        {
            Error = new(expected, next, IsMissing: true, NameFault.None);
            return default;
        }
        var token = tokens[next++];
        return text.Slice(token.Start, token.Length);
    }

    /// <summary>The word after <paramref name="skip"/> others, without taking it.</summary>
    public readonly ReadOnlySpan<byte> Peek(int skip) => text.Slice(tokens[next + skip].Start, tokens[next + skip].Length);

    /// <summary>Takes all words that are left.</summary>
    public void TakeAll() => next = tokens.Length;

    /// <summary>Records a fault of the word taken last, unless there was one before.</summary>
    public void Fail(RdataFault fault, NameFault name = NameFault.None) => FailAt(next - 1, fault, name);

    /// <summary>Records a fault of the word after <paramref name="skip"/> others that were not taken yet.</summary>
    public void FailAhead(int skip, RdataFault fault) => FailAt(next + skip, fault, NameFault.None);

    private void FailAt(int token, RdataFault fault, NameFault name)
    {
        if (!Failed)
            Error = new(fault, token, IsMissing: false, name);
    }
}
