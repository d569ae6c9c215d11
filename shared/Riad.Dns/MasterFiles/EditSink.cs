using System.Globalization;
using System.Text;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>Follows the records of a file and notes what must be written anew, so that each record left keeps its meaning.</summary>
/// <remarks>
/// It knows for each line what owner and TTL the line had to inherit before, and what it would inherit after the changes.
/// Where the two differ, the line gets its own.
/// </remarks>
internal sealed class EditSink : IRecordSink
{
    private readonly IReadOnlyList<MasterChange> changes;
    private readonly ChangeTable table;
    private readonly Splices splices = new();
    private readonly bool isCrLf;

    private readonly NameBuffer ownerBefore = new(); // of the last record of the file itself
    private readonly NameBuffer ownerAfter = new(); // of the last such record that stays
    private readonly NameBuffer ownerOrigin = new(); // under which ownerText was written
    private byte[] ownerText = [];
    private uint? ttlAfter; // of the last record that stays, wherever it stands
    private bool usesTabs;
    private bool usesClass;

    public EditSink(ReadOnlySpan<byte> text, IReadOnlyList<MasterChange> changes)
    {
        this.changes = changes;
        table = new(changes);
        isCrLf = text.IndexOf((byte)'\n') is > 0 and var at && text[at - 1] == '\r';
    }

    public MasterEditError? Error { get; private set; }

    public MasterChange? FirstMissing => table.FirstMissing;

    private ReadOnlySpan<byte> LineEnd => isCrLf ? "\r\n"u8 : "\n"u8;

    public void Add(in MasterRecord record)
    {
        if (Error is not null)
            return;
        var (remove, data, ttl) = table.Find(record);
        if (record.Depth > 0 || record.Source.IsGenerated)
            Follow(record, isConcerned: remove || data is not null || ttl is not null);
        else
            Change(record, remove, data, ttl);
    }

    /// <summary>The file with the changes and the new records.</summary>
    /// <param name="text">The file before.</param>
    /// <param name="origin">At the file's end.</param>
    /// <param name="defaultTtl">At the file's end.</param>
    public byte[] Finish(ReadOnlySpan<byte> text, ReadOnlySpan<byte> origin, uint? defaultTtl)
    {
        var result = splices.Apply(text);
        var endsLines = text.IsEmpty || text[^1] == '\n';
        foreach (var add in changes.OfType<MasterChange.Add>())
        {
            if (result.Count > 0 && result[^1] != '\n')
                result.AddRange(LineEnd);
            result.AddRange(Encoding.ASCII.GetBytes(PrintRecord(add, origin, defaultTtl)));
            result.AddRange(LineEnd);
        }
        while (!endsLines && result.Count > 0 && result[^1] is (byte)'\n' or (byte)'\r')
        {
            var wasEnd = result[^1] == '\n';
            result.RemoveAt(result.Count - 1);
            if (!wasEnd || result.Count == 0 || result[^1] != '\r')
                break;
        }
        return [.. result];
    }

    /// <summary>A record of an included file or a $GENERATE cannot be changed, only watched.</summary>
    private void Follow(in MasterRecord record, bool isConcerned)
    {
        var place = record.Source.IsGenerated ? "made by a $GENERATE" : "in an included file";
        if (isConcerned)
            Refuse(record, record.Source.IsGenerated ? MasterEditFault.Generated : MasterEditFault.Included, $"the record is {place}; change it there by hand");
        else if (record.TtlSource is TtlSource.RecordBefore && ttlAfter != record.Ttl)
            Refuse(record, MasterEditFault.Inherited, $"a record {place} takes its TTL from a record that would change; write $TTL at the top");
        else if (record.InheritsOwner && NameOctets.AreEqual(record.Owner, ownerBefore.Octets) && !NameOctets.AreEqual(ownerBefore.Octets, ownerAfter.Octets))
            Refuse(record, MasterEditFault.Inherited, $"a record {place} takes its owner from a record that would go; write its owner there");
        ttlAfter = record.Ttl;
    }

    private void Change(in MasterRecord record, bool remove, ReadOnlyMemory<byte>? data, uint? ttl)
    {
        if (!record.InheritsOwner)
        {
            ownerText = record.Source.Word(record.Tokens[0]).ToArray();
            ownerOrigin.Set(record.Origin);
        }
        ownerBefore.Set(record.Owner);
        if (record.TtlSource is TtlSource.OwnMinimum && (remove || data is not null || ttl is not null))
            splices.Insert(record.Entry.Start, [.. "$TTL "u8, .. Print(record.Ttl), .. LineEnd]); // what the SOA stood for
        if (remove)
        {
            splices.Remove(record.Entry.Start, record.Entry.End);
            return;
        }
        if (record.InheritsOwner && !NameOctets.AreEqual(ownerAfter.Octets, record.Owner))
            InsertOwner(record);
        KeepTtl(record, ttl);
        if (data is { } next)
            DataEdit.Replace(record, next.Span, splices);
        ownerAfter.Set(record.Owner);
        var afterFirst = record.Tokens[0].Start + record.Tokens[0].Length;
        usesTabs = afterFirst < record.Source.Text.Length && record.Source.Text[afterFirst] == '\t';
        usesClass = record.Head.Class >= 0;
    }

    private void KeepTtl(in MasterRecord record, uint? wanted)
    {
        var ttl = wanted ?? record.Ttl;
        var inherited = record.TtlSource is TtlSource.RecordBefore ? ttlAfter : record.Ttl;
        if (record.Head.Ttl >= 0 && ttl != record.Ttl)
        {
            var token = record.Tokens[record.Head.Ttl];
            splices.Replace(token.Start, token.Start + token.Length, Print(ttl));
        }
        else if (record.Head.Ttl < 0 && ttl != inherited)
            splices.Insert(record.Tokens[record.InheritsOwner ? 0 : 1].Start, [.. Print(ttl), (byte)' ']);
        ttlAfter = ttl;
    }

    /// <summary>Writes the owner over the blanks that stand for it, so that the columns stay where they are if it fits.</summary>
    private void InsertOwner(in MasterRecord record)
    {
        var text = record.Source.Text;
        var start = record.Entry.Start;
        var owner = NameOctets.AreEqual(ownerOrigin.Octets, record.Origin) ? ownerText : Encoding.ASCII.GetBytes(PrintName(record.Owner, record.Origin));
        var blanks = text[start..].IndexOfAnyExcept((byte)' ');
        var covered = text[start + blanks] == '\t' ? 0 : Math.Clamp(blanks - 1, 0, owner.Length);
        splices.Replace(start, start + covered, owner);
    }

    private string PrintRecord(MasterChange.Add add, ReadOnlySpan<byte> origin, uint? defaultTtl)
    {
        var separator = usesTabs ? '\t' : ' ';
        var line = new StringBuilder(PrintName(add.Owner.Wire, origin));
        if (defaultTtl != add.Ttl.Seconds)
            line.Append(separator).Append(add.Ttl.Seconds);
        if (usesClass)
            line.Append(separator).Append("IN");
        line.Append(separator).Append(add.Type.Mnemonic).Append(separator);
        RdataText.Print(add.Type, add.Data.Span, line);
        return line.ToString();
    }

    /// <summary>Relative to the origin where the name lies below it, else absolute.</summary>
    private static string PrintName(ReadOnlySpan<byte> name, ReadOnlySpan<byte> origin)
    {
        if (NameOctets.AreEqual(name, origin))
            return "@";
        if (origin.Length <= 1 || !NameOctets.IsAtOrBelow(name, origin))
            return NameText.Print(name);
        return NameText.Print([.. name[..^origin.Length], 0])[..^1];
    }

    private static byte[] Print(uint number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    private void Refuse(in MasterRecord record, MasterEditFault fault, string sentence) =>
        Error = new(record.Source.PositionOf(record.Tokens[0].Start), fault, sentence);
}
