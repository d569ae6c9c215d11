using System.Globalization;
using System.Text;
using Riad.Dns.Names;

namespace Riad.Dns.MasterFiles;

/// <summary>Follows the records of a zone and notes what must be written anew, so that each record left keeps its meaning.</summary>
/// <remarks>
/// It knows for each line what owner and TTL the line had to inherit before, and what it would inherit after the changes.
/// Where the two differ, the line gets its own.
/// </remarks>
internal sealed class EditSink : IRecordSink
{
    private readonly MasterEditScope scope;
    private readonly ChangeTable table;
    private readonly List<EditedFile> files = [new(0, "")];
    private readonly Stack<EditedFile> open = new(); // included files that are being read, innermost first
    private uint? ttlAfter;

    /// <summary>Follows the zone's own file from its start.</summary>
    public EditSink(MasterEditScope scope, IReadOnlyList<MasterChange> changes) : this(scope, new ChangeTable(changes))
    {
    }

    /// <summary>Follows a part of a file.</summary>
    /// <param name="scope">Which other files may be changed.</param>
    /// <param name="table">Several parts may have one.</param>
    /// <param name="before">What the part's records find; null at the start of a file.</param>
    public EditSink(MasterEditScope scope, ChangeTable table, ReadingState? before = null)
    {
        (this.scope, this.table) = (scope, table);
        if (before is null)
            return;
        files[0].OwnerBefore.Set(before.Owner.Span);
        files[0].OwnerAfter.Set(before.Owner.Span);
        ttlAfter = before.LastTtl;
    }

    public MasterEditError? Error { get; private set; }

    public MasterChange? FirstMissing => table.FirstMissing;

    /// <summary>The zone's own file, then each included one that has records, once for each time it is included.</summary>
    public IReadOnlyList<EditedFile> Files => files;

    /// <summary>Of the last record that stays, wherever it stands.</summary>
    public uint? TtlAfter => ttlAfter;

    public void Add(in MasterRecord record)
    {
        if (Error is not null)
            return;
        var file = FindFile(record);
        var (remove, data, ttl) = table.Find(record);
        var isFixed = record.Source.IsGenerated || (file.Inclusion > 0 && !scope.MayEdit(file.Path));
        if (isFixed || IsSecondTime(file))
            Follow(record, file, isConcerned: remove || data is not null || (ttl is { } wanted && wanted != record.Ttl), isTwice: !isFixed);
        else
            Change(record, file, remove, data, ttl);
    }

    /// <summary>The file of a record. One that begins with it is opened inside the file that includes it.</summary>
    private EditedFile FindFile(in MasterRecord record)
    {
        while (open.Count > record.Depth || (open.Count == record.Depth && open.TryPeek(out var top) && top.Inclusion != record.Inclusion))
            open.Pop();
        while (open.Count < record.Depth)
        {
            var outer = open.TryPeek(out var top) ? top : files[0];
            var isThis = open.Count + 1 == record.Depth;
            var file = outer.Open(isThis ? record.Inclusion : -1, isThis ? record.Source.File : ""); // a file in between without records of its own
            open.Push(file);
            if (isThis)
                files.Add(file);
        }
        return open.TryPeek(out var found) ? found : files[0];
    }

    /// <summary>What is changed for one inclusion would change the other too.</summary>
    private bool IsSecondTime(EditedFile file)
    {
        if (file.Inclusion == 0 || files.Find(other => other.Path == file.Path) is not { } first || ReferenceEquals(first, file))
            return false;
        if (!first.Splices.IsEmpty)
            Error = new(new(file.Path, 1, 1), MasterEditFault.Included, "the zone includes this file twice; change it by hand");
        return true;
    }

    /// <summary>A record that cannot be changed, only watched.</summary>
    private void Follow(in MasterRecord record, EditedFile file, bool isConcerned, bool isTwice)
    {
        var place = record.Source.IsGenerated ? "made by a $GENERATE" : isTwice ? "in a file that the zone includes twice" : "in an included file";
        if (isConcerned)
            Refuse(record, record.Source.IsGenerated ? MasterEditFault.Generated : MasterEditFault.Included, $"the record is {place}; change it there by hand");
        else if (record.TtlSource is TtlSource.RecordBefore && ttlAfter != record.Ttl)
            Refuse(record, MasterEditFault.Inherited, $"a record {place} takes its TTL from a record that would change; write $TTL at the top");
        else if (record.InheritsOwner && NameOctets.AreEqual(record.Owner, file.OwnerBefore.Octets) && !NameOctets.AreEqual(file.OwnerBefore.Octets, file.OwnerAfter.Octets))
            Refuse(record, MasterEditFault.Inherited, $"a record {place} takes its owner from a record that would go; write its owner there");
        ttlAfter = record.Ttl;
        if (record.Source.IsGenerated)
            return; // leaves the owner as it was
        file.OwnerBefore.Set(record.Owner);
        file.OwnerAfter.Set(record.Owner);
    }

    private void Change(in MasterRecord record, EditedFile file, bool remove, ReadOnlyMemory<byte>? data, uint? ttl)
    {
        if (!record.InheritsOwner)
        {
            file.OwnerText = record.Source.Word(record.Tokens[0]).ToArray();
            file.OwnerOrigin.Set(record.Origin);
        }
        file.OwnerBefore.Set(record.Owner);
        if (record.TtlSource is TtlSource.OwnMinimum && (remove || data is not null || ttl is not null))
            file.Splices.Insert(record.Entry.Start, [.. "$TTL "u8, .. Print(record.Ttl), .. AddedLines.LineEndOf(record.Source.Text)]); // what the SOA stood for
        if (remove)
        {
            file.Splices.Remove(record.Entry.Start, record.Entry.End);
            return;
        }
        if (record.InheritsOwner && !NameOctets.AreEqual(file.OwnerAfter.Octets, record.Owner))
            InsertOwner(record, file);
        KeepTtl(record, file, ttl);
        if (data is { } next && !DataEdit.TryReplace(record, next.Span, file.Splices))
            Refuse(record, MasterEditFault.Unwritable, "other data cannot be written into the lines of the record; change it there by hand");
        file.OwnerAfter.Set(record.Owner);
        file.Layout = LineLayout.Of(record);
        file.KeptRecords++;
    }

    private void KeepTtl(in MasterRecord record, EditedFile file, uint? wanted)
    {
        var ttl = wanted ?? record.Ttl;
        var inherited = record.TtlSource is TtlSource.RecordBefore ? ttlAfter : record.Ttl;
        if (record.Head.Ttl >= 0 && ttl != record.Ttl)
        {
            var token = record.Tokens[record.Head.Ttl];
            file.Splices.Replace(token.Start, token.Start + token.Length, Print(ttl));
        }
        else if (record.Head.Ttl < 0 && ttl != inherited)
            file.Splices.Insert(record.Tokens[record.InheritsOwner ? 0 : 1].Start, [.. Print(ttl), (byte)' ']);
        ttlAfter = ttl;
    }

    /// <summary>Writes the owner over the blanks that stand for it, so that the columns stay where they are if it fits.</summary>
    private static void InsertOwner(in MasterRecord record, EditedFile file)
    {
        var text = record.Source.Text;
        var start = record.Entry.Start;
        var owner = NameOctets.AreEqual(file.OwnerOrigin.Octets, record.Origin) ? file.OwnerText : Encoding.ASCII.GetBytes(RelativeName.Print(record.Owner, record.Origin));
        var blanks = text[start..].IndexOfAnyExcept((byte)' ');
        var covered = text[start + blanks] == '\t' ? 0 : Math.Clamp(blanks - 1, 0, owner.Length);
        file.Splices.Replace(start, start + covered, owner);
    }

    private static byte[] Print(uint number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    private void Refuse(in MasterRecord record, MasterEditFault fault, string sentence) =>
        Error = new(record.Source.PositionOf(record.Tokens[0].Start), fault, sentence);
}
