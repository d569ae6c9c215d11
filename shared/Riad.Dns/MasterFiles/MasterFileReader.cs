using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>Reads a master file and what it includes, record by record, into a sink. Reads on behind a fault.</summary>
/// <remarks>
/// Source: RFC 1035 §5.1; $TTL RFC 2308 §4; TYPEnnn and \# RFC 3597 §5; $GENERATE and TTL units as BIND has them.
/// One object reads one zone, once. It allocates nothing for a record without fault.
/// </remarks>
/// <param name="includes">Gives the files that $INCLUDE names.</param>
/// <param name="sink">Takes the records.</param>
/// <param name="faults">Takes what is wrong.</param>
/// <param name="recorder">Takes places at which the zone's own file can be entered again; null where nobody will.</param>
/// <param name="places">Takes the parts of all files; null where nobody edits them.</param>
internal sealed class MasterFileReader(IIncludes includes, IRecordSink sink, ZoneFaults faults, OutlineRecorder? recorder = null, PlaceRecorder? places = null)
{
    private const byte FirstOfDirective = (byte)'$';

    private readonly byte[] rdata = new byte[RdataWire.MaxLength];
    private readonly NameBuffer origin = new();
    private readonly NameBuffer owner = new();
    private readonly List<string> open = []; // the files that are being read, outermost first
    private readonly SortedSet<string> included = new(StringComparer.Ordinal);

    private uint? defaultTtl;
    private uint? lastTtl;
    private readonly List<Inclusion> inclusions = [];
    private int includeCount;
    private int inclusion; // the number of the file that is being read, the zone's own being 0
    private long octets;
    private long generated;
    private MasterToken[] parted = [];

    /// <summary>The files that were included, in ordinal order.</summary>
    public IReadOnlyCollection<string> Included => included;

    /// <summary>Each time a file was included and read to its end, in the order of the ends.</summary>
    public IReadOnlyList<Inclusion> Inclusions => inclusions;

    /// <summary>What completes relative names at the end of the file.</summary>
    public ReadOnlySpan<byte> Origin => origin.Octets;

    /// <summary>What a record at the end of the file has for a TTL when it has none of its own; null when there is no $TTL.</summary>
    public uint? DefaultTtl => defaultTtl;

    /// <summary>Reads the zone's own file.</summary>
    public void Read(string file, ReadOnlySpan<byte> text, ReadOnlySpan<byte> zone, Ttl? assumedTtl = null)
    {
        defaultTtl = assumedTtl?.Seconds;
        origin.Set(zone);
        ReadFile(file, text);
    }

    /// <summary>Reads a part of the zone's own file that begins and ends between entries.</summary>
    /// <param name="file">For positions, which are counted from the start of the part.</param>
    /// <param name="part">Nothing but whole entries; otherwise there is a fault.</param>
    /// <param name="before">What the entries before the part left.</param>
    public void ReadPart(string file, ReadOnlySpan<byte> part, ReadingState before)
    {
        origin.Set(before.Origin.Span);
        owner.Set(before.Owner.Span);
        (defaultTtl, lastTtl) = (before.DefaultTtl, before.LastTtl);
        ReadFile(file, part);
    }

    /// <summary>What was read leaves to what comes next.</summary>
    public ReadingState State => new(new(origin.Octets), new(owner.Octets), defaultTtl, defaultTtl is null ? lastTtl : null);

    /// <summary>True when all records stand in the zone's own file, one by one.</summary>
    public bool IsPlain => includeCount == 0 && included.Count == 0 && generated == 0;

    private void ReadFile(string file, ReadOnlySpan<byte> text)
    {
        var source = new MasterSource(file, text);
        octets += text.Length;
        if (octets > IncludeLimits.TotalOctets)
        {
            Fail(source, 0, ZoneFault.TooLarge, default);
            return;
        }
        open.Add(file);
        var scanner = new MasterFileScanner(text);
        if (open.Count == 1)
            recorder?.Add(0, State);
        var parts = places?.Open(inclusion, file, State);
        while (!faults.IsFull && scanner.MoveNext())
        {
            if (scanner.Fault is not ScanFault.None)
                Fail(source, scanner.FaultAt, ZoneFaultSentences.Of(scanner.Fault), text.Slice(scanner.FaultAt, 1));
            else if (text[scanner.Tokens[0].Start] == FirstOfDirective && !scanner.Tokens[0].Quoted)
                ReadDirective(source, ref scanner, parts);
            else
                ReadRecord(source, ref scanner);
            if (open.Count == 1 && recorder?.Wants(scanner.End) == true && scanner.End < text.Length)
                recorder.Add(scanner.End, State);
            if (parts?.IsLong(scanner.End) == true)
                parts.Split(scanner.End, State);
        }
        parts?.Close(text.Length, State);
        open.RemoveAt(open.Count - 1);
    }

    private void ReadRecord(in MasterSource source, ref MasterFileScanner scanner)
    {
        var tokens = scanner.Tokens;
        var first = scanner.IsIndented ? 0 : 1;
        if (first == 1 && !TryReadName(source, tokens[0], owner))
            owner.Clear(); // the rest of the line, and those that inherit from it, are read for their faults
        if (!RecordHead.TryParse(source.Text, tokens, first, out var head, out var fault, out var at))
        {
            FailAt(source, tokens, at, fault);
            return;
        }
        if (!TryReadType(source, tokens[head.Type], out var type))
            return;
        if (scanner.HasInnerQuotes && !type.Shape.Fields.Contains(RdataField.ServiceParameters))
            tokens = PartAtQuotes(source, tokens);
        if (!RdataText.TryParse(type, source.Text, tokens[(head.Type + 1)..], origin.Octets, rdata, out var length, out var error))
        {
            FailData(source, tokens, head.Type + 1, error);
            return;
        }
        if (owner.IsEmpty)
        {
            if (!faults.HasErrors) // the line with the owner may be one of those that were refused
                FailAt(source, tokens, 0, ZoneFault.OwnerMissing);
            return;
        }
        var data = rdata.AsSpan(0, length);
        if (!TryFindTtl(source, tokens, head, type, data, out var ttl, out var ttlSource))
            return;
        lastTtl = ttl;
        sink.Add(new()
        {
            Owner = owner.Octets, Type = type, Ttl = ttl, Rdata = data, Source = source, Entry = (scanner.Start, scanner.End), Tokens = tokens,
            Head = head, Origin = origin.Octets, Depth = open.Count - 1, Inclusion = inclusion, InheritsOwner = first == 0, TtlSource = ttlSource,
        });
    }

    private bool TryReadName(in MasterSource source, MasterToken token, NameBuffer name)
    {
        var word = source.Word(token);
        if (token.Quoted)
        {
            Fail(source, token.Start, ZoneFault.QuotesHere, word);
            return false;
        }
        if (word is [(byte)'@'])
        {
            name.Set(origin.Octets);
            return true;
        }
        if (name.TryParse(word, origin.Octets, out var fault))
            return true;
        faults.Add(source.PositionOf(token.Start), ZoneFaultSentences.Of(fault), fault.Describe(word));
        return false;
    }

    private bool TryReadType(in MasterSource source, MasterToken token, [NotNullWhen(true)] out RrType? type)
    {
        var word = source.Word(token);
        if (RrTypes.TryParse(word, out type))
            return true;
        var fault = word[0] == FirstOfDirective ? ZoneFault.DirectiveIndented : RrTypes.TryParseCode(word, out _) ? ZoneFault.TypeNotForZones : ZoneFault.UnknownType;
        Fail(source, token.Start, fault, word);
        return false;
    }

    /// <summary>The record's own TTL, else $TTL, else that of the record before, else for the SOA its minimum, which from then on is as if it stood in a $TTL.</summary>
    /// <remarks>Source: RFC 2308 §4, RFC 1035 §5.1; the SOA's minimum as BIND has it.</remarks>
    private bool TryFindTtl(in MasterSource source, ReadOnlySpan<MasterToken> tokens, RecordHead head, RrType type, ReadOnlySpan<byte> data, out uint ttl, out TtlSource ttlSource)
    {
        ttl = head.Ttl >= 0 ? head.Seconds : defaultTtl ?? lastTtl ?? 0;
        ttlSource = head.Ttl >= 0 ? TtlSource.Written : defaultTtl is not null ? TtlSource.Default : lastTtl is not null ? TtlSource.RecordBefore : TtlSource.OwnMinimum;
        if (ttlSource is not TtlSource.OwnMinimum)
            return true;
        if (type != RrTypes.Soa)
        {
            FailAt(source, tokens, head.Type, ZoneFault.TtlMissing);
            lastTtl = 0; // told once
            return false;
        }
        ttl = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(data[^4..]), Ttl.MaxSeconds);
        defaultTtl = ttl;
        var found = Encoding.ASCII.GetBytes(new Ttl(ttl).ToString());
        faults.Add(new(source.PositionOf(tokens[head.Type].Start), Severity.Warning, ZoneFault.TtlFromSoa, ZoneFaultSentences.Describe(ZoneFault.TtlFromSoa, found)));
        return true;
    }

    /// <summary>Makes two words of each that has quotes inside, since only service parameters may have them there.</summary>
    private ReadOnlySpan<MasterToken> PartAtQuotes(scoped in MasterSource source, ReadOnlySpan<MasterToken> tokens)
    {
        if (parted.Length < tokens.Length * 2)
            parted = new MasterToken[tokens.Length * 2];
        var count = 0;
        foreach (var token in tokens)
        {
            var quote = token is { Quoted: false, Length: > 1 } && source.Text[token.Start + token.Length - 1] == '"' ? source.Word(token).IndexOf("=\""u8) : -1;
            if (quote < 0)
            {
                parted[count++] = token;
                continue;
            }
            parted[count++] = new(token.Start, quote + 1, Quoted: false);
            parted[count++] = new(token.Start + quote + 2, token.Length - quote - 3, Quoted: true);
        }
        return parted.AsSpan(0, count);
    }

    private void ReadDirective(in MasterSource source, ref MasterFileScanner scanner, PlacedFile? parts)
    {
        var tokens = scanner.Tokens;
        var word = source.Word(tokens[0]);
        if (scanner.IsIndented)
            FailAt(source, tokens, 0, ZoneFault.DirectiveIndented);
        else if (Ascii.EqualsIgnoreCase(word, "$ORIGIN"u8))
            ReadOrigin(source, tokens);
        else if (Ascii.EqualsIgnoreCase(word, "$TTL"u8))
            ReadDefaultTtl(source, tokens);
        else if (Ascii.EqualsIgnoreCase(word, "$INCLUDE"u8))
            ReadInclude(source, tokens);
        else if (Ascii.EqualsIgnoreCase(word, "$GENERATE"u8))
            ReadGenerate(source, tokens);
        else
            FailAt(source, tokens, 0, ZoneFault.DirectiveUnknown);
        if (parts is not null && BringsRecords(word))
            parts.LeaveOut(scanner.Start, scanner.End, State);
    }

    private static bool BringsRecords(ReadOnlySpan<byte> directive) => Ascii.EqualsIgnoreCase(directive, "$INCLUDE"u8) || Ascii.EqualsIgnoreCase(directive, "$GENERATE"u8);

    private void ReadOrigin(in MasterSource source, ReadOnlySpan<MasterToken> tokens)
    {
        if (HasArguments(source, tokens, 1, 1))
            TryReadName(source, tokens[1], origin);
    }

    private void ReadDefaultTtl(in MasterSource source, ReadOnlySpan<MasterToken> tokens)
    {
        if (!HasArguments(source, tokens, 1, 1))
            return;
        uint seconds = 0;
        var fault = tokens[1].Quoted ? ZoneFault.QuotesHere : RecordHead.ReadTtl(source.Word(tokens[1]), out seconds);
        if (fault is ZoneFault.None)
        {
            defaultTtl = seconds;
            return;
        }
        FailAt(source, tokens, 1, fault);
        lastTtl ??= 0; // the records without a TTL are not told as well
    }

    private void ReadInclude(in MasterSource source, ReadOnlySpan<MasterToken> tokens)
    {
        if (!HasArguments(source, tokens, 1, 2))
            return;
        if (!IncludePath.TryParse(source.Word(tokens[1]), out var path, out var fault))
        {
            FailAt(source, tokens, 1, fault);
            return;
        }
        included.Add(path);
        if (open.Count > IncludeLimits.Depth || open.Contains(path, StringComparer.Ordinal) || ++includeCount > IncludeLimits.PerZone)
            FailAt(source, tokens, 1, ZoneFault.IncludeTooDeep);
        else if (!includes.TryOpen(path, out var text, out var refusal))
            FailAt(source, tokens, 1, ZoneFaultSentences.Of(refusal));
        else
        {
            var (outerOrigin, outerOwner) = (origin.Octets.ToArray(), owner.Octets.ToArray());
            if (tokens.Length < 3 || TryReadName(source, tokens[2], origin))
                ReadIncluded(path, text.Span);
            origin.Set(outerOrigin);
            owner.Set(outerOwner);
        }
    }

    private void ReadIncluded(string path, ReadOnlySpan<byte> text)
    {
        var outer = inclusion;
        inclusion = includeCount;
        ReadFile(path, text);
        inclusions.Add(new(path, new(origin.Octets), defaultTtl));
        inclusion = outer;
    }

    private void ReadGenerate(in MasterSource source, ReadOnlySpan<MasterToken> tokens)
    {
        if (!HasArguments(source, tokens, 4, int.MaxValue))
            return;
        if (!GenerateRange.TryParse(source.Word(tokens[1]), out var range))
        {
            FailAt(source, tokens, 1, ZoneFault.GenerateRange);
            return;
        }
        generated += range.Count;
        if (range.Count > GenerateLimits.PerLine || generated > GenerateLimits.PerZone)
        {
            FailAt(source, tokens, 1, ZoneFault.GenerateTooMany);
            return;
        }
        var template = BuildTemplate(source, tokens[2..]);
        var outerOwner = owner.Octets.ToArray();
        var line = new List<byte>();
        var before = faults.Errors.Count;
        for (var number = (long)range.Start; number <= range.Stop && faults.Errors.Count == before; number += range.Step)
        {
            if (!GenerateTemplate.TryExpand(template, (int)number, line))
                faults.Add(source.PositionOf(tokens[2].Start), ZoneFault.GenerateTemplate, ZoneFaultSentences.Describe(ZoneFault.GenerateTemplate, template));
            else
                ReadGenerated(source.Made(CollectionsMarshal.AsSpan(line), tokens[0].Start));
        }
        owner.Set(outerOwner);
    }

    private void ReadGenerated(in MasterSource line)
    {
        var scanner = new MasterFileScanner(line.Text);
        while (scanner.MoveNext())
        {
            if (scanner.Fault is not ScanFault.None)
            {
                Fail(line, scanner.FaultAt, ZoneFaultSentences.Of(scanner.Fault), line.Text.Slice(scanner.FaultAt, 1));
                return;
            }
            ReadRecord(line, ref scanner);
        }
    }

    /// <summary>The line without the directive and its range. Data in one pair of quotes is BIND's way to give several words: the quotes are taken off.</summary>
    private static byte[] BuildTemplate(in MasterSource source, ReadOnlySpan<MasterToken> tokens)
    {
        var template = new List<byte>();
        var isQuotedWhole = tokens[^1].Quoted && RecordHead.TryParse(source.Text, tokens, 1, out var head, out _, out _) && head.Type == tokens.Length - 2;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (i > 0)
                template.Add((byte)' ');
            var word = source.Word(tokens[i]);
            if (!tokens[i].Quoted)
                template.AddRange(word);
            else if (isQuotedWhole)
                AddWithoutEscapedQuotes(template, word);
            else
                template.AddRange([(byte)'"', .. word, (byte)'"']);
        }
        return [.. template];
    }

    private static void AddWithoutEscapedQuotes(List<byte> template, ReadOnlySpan<byte> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] == '\\' && i + 1 < word.Length && word[i + 1] != '"')
                template.Add(word[i++]);
            else if (word[i] == '\\' && i + 1 < word.Length)
                i++;
            template.Add(word[i]);
        }
    }

    private bool HasArguments(in MasterSource source, ReadOnlySpan<MasterToken> tokens, int least, int most)
    {
        if (tokens.Length - 1 < least)
            FailAt(source, tokens, 0, ZoneFault.DirectiveIncomplete);
        else if (tokens.Length - 1 > most)
            FailAt(source, tokens, most + 1, ZoneFault.DirectiveExtra);
        else
            return true;
        return false;
    }

    private void FailData(in MasterSource source, ReadOnlySpan<MasterToken> tokens, int first, RdataError error)
    {
        var at = first + error.Token;
        var isWord = at < tokens.Length && !error.IsMissing;
        var offset = isWord ? tokens[at].Start : tokens[^1].Start + tokens[^1].Length;
        faults.Add(source.PositionOf(offset), ZoneFaultSentences.Of(error), error.Describe(isWord ? source.Word(tokens[at]) : default));
    }

    /// <summary>A fault of a word, or behind the last one.</summary>
    private void FailAt(in MasterSource source, ReadOnlySpan<MasterToken> tokens, int at, ZoneFault fault)
    {
        if (at < tokens.Length)
            Fail(source, tokens[at].Start, fault, source.Word(tokens[at]));
        else
            Fail(source, tokens[^1].Start + tokens[^1].Length, fault, default);
    }

    private void Fail(in MasterSource source, int offset, ZoneFault fault, ReadOnlySpan<byte> found) =>
        faults.Add(source.PositionOf(offset), fault, ZoneFaultSentences.Describe(fault, found));
}
