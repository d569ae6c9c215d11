using System.Buffers.Binary;
using Riad.Dns.Names;
using Riad.Dns.Zones;

namespace Riad.Dns.Transfers.Outgoing;

/// <summary>Writes stored sets into a message whose question is the apex: they are copied whole, and their pointers are moved.</summary>
/// <remarks>
/// A stored set is written for a question that equals its owner (<see cref="StoredSet"/>). Here the owner stands where its first
/// record stands, its end is a pointer to the question, and every pointer of the set is written anew.
/// </remarks>
internal ref struct ZoneMessageWriter
{
    private const int PointerBits = 0xc000;
    private const int OffsetBits = 0x3fff;
    private const int QuestionOffset = 12; // what stored pointers count from
    private const int QuestionTailLength = 4;
    private const int ReachLength = OffsetBits + 1; // how far a pointer reaches
    private const int PointerLength = 2;
    private const int TtlAt = 6; // behind owner, type and class

    private readonly Span<byte> message;
    private readonly int start;
    private readonly int longest; // how far a single record may reach
    private readonly int end; // how far several records may reach
    private readonly int apexLength;
    private ReadOnlySpan<byte> name; // relative to the apex
    private int nameAt; // where the present name stands; 0 when it does not yet

    /// <summary>Begins behind the question.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="position">Where the question ends.</param>
    /// <param name="end">How far records may reach.</param>
    /// <param name="apexLength">Octets of the apex, which is the question's name.</param>
    public ZoneMessageWriter(Span<byte> message, int position, int end, int apexLength)
    {
        this.message = message;
        this.apexLength = apexLength;
        (start, longest, this.end, Position) = (position, end, Math.Min(end, ReachLength), position);
    }

    /// <summary>Where the records end.</summary>
    public int Position { get; private set; }

    /// <summary>How many records there are.</summary>
    public int Answers { get; private set; }

    /// <summary>True when there is no record yet.</summary>
    public readonly bool IsEmpty => Position == start;

    /// <summary>The sets that follow are this name's.</summary>
    /// <param name="relativeName">The labels below the apex; none for the apex.</param>
    public void BeginName(ReadOnlySpan<byte> relativeName)
    {
        name = relativeName;
        nameAt = relativeName.IsEmpty ? QuestionOffset : 0;
    }

    /// <summary>Writes a set; false, and nothing is written, when it does not fit whole.</summary>
    public bool TryWriteSet(StoredSet set)
    {
        var section = set.Section;
        var growth = nameAt == 0 ? name.Length : 0; // the first record's owner is written out
        var at = Position + growth; // where the section begins, its first owner a pointer as it is stored
        if (at + section.Length > end)
            return false;
        section.CopyTo(message[at..]);
        var owner = nameAt == 0 ? Position : nameAt;
        if (growth > 0)
            name.CopyTo(message[Position..]); // and the pointer behind it, as stored, is the one to the question
        else
            WritePointer(at, owner);
        nameAt = owner;
        Position = at + section.Length;
        Answers += set.Count;
        var names = CompressibleNames.Of(set.Type);
        if (names.Count > 0 || set.Count > 1)
            MovePointers(at, names);
        if (set.Type == SignatureTtl.Type)
            WriteSignatureTtls(at, set.Ttl);
        return true;
    }

    /// <summary>Writes one record of a set that is too long for a message.</summary>
    /// <param name="set">The set.</param>
    /// <param name="apex">The zone's name.</param>
    /// <param name="index">Which of its records, counted from 0.</param>
    /// <returns>False, and nothing is written, when it does not fit.</returns>
    public bool TryWriteRecord(StoredSet set, DomainName apex, int index)
    {
        Span<byte> scratch = stackalloc byte[RecordSetView.ScratchLength];
        var rdatas = new RecordSetView(set, name, apex).Rdatas(scratch);
        while (index-- >= 0)
            rdatas.MoveNext();
        var rdata = rdatas.Current;
        var growth = nameAt == 0 ? name.Length : 0;
        var length = growth + StoredSet.RecordHeaderLength + rdata.Length;
        if (Position + length > (IsEmpty ? longest : end))
            return false;
        var at = Position + growth;
        if (growth > 0)
            name.CopyTo(message[Position..]);
        WritePointer(at, growth > 0 || nameAt == 0 ? QuestionOffset : nameAt);
        nameAt = nameAt == 0 ? Position : nameAt;
        set.Section.Slice(PointerLength, StoredSet.RecordHeaderLength - (2 * PointerLength)).CopyTo(message[(at + PointerLength)..]);
        BinaryPrimitives.WriteUInt32BigEndian(message[(at + TtlAt)..], SignatureTtl.Of(set.Type, set.Ttl, rdata));
        BinaryPrimitives.WriteUInt16BigEndian(message[(at + StoredSet.RecordHeaderLength - 2)..], (ushort)rdata.Length);
        rdata.CopyTo(message[(at + StoredSet.RecordHeaderLength)..]);
        Position += length;
        Answers++;
        return true;
    }

    private readonly void WritePointer(int at, int target) => BinaryPrimitives.WriteUInt16BigEndian(message[at..], (ushort)(PointerBits | target));

    /// <summary>Goes through the records of a section that was copied to <paramref name="at"/>.</summary>
    private readonly void MovePointers(int at, CompressibleNames names)
    {
        for (var record = at; record < Position;)
        {
            if (record > at)
                WritePointer(record, nameAt);
            var data = record + StoredSet.RecordHeaderLength;
            var field = data + names.Offset;
            for (var left = names.Count; left > 0; left--)
                MovePointer(ref field, at);
            record = data + BinaryPrimitives.ReadUInt16BigEndian(message[(data - 2)..]);
        }
    }

    /// <summary>A signature has the TTL of what it signs, which its data tells.</summary>
    private readonly void WriteSignatureTtls(int at, uint ttl)
    {
        for (var record = at; record < Position;)
        {
            var data = record + StoredSet.RecordHeaderLength;
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(data - 2)..]);
            BinaryPrimitives.WriteUInt32BigEndian(message[(record + TtlAt)..], SignatureTtl.Of(SignatureTtl.Type, ttl, message.Slice(data, length)));
            record = data + length;
        }
    }

    /// <summary>Passes over a name, and moves the pointer at its end, if it ends in one.</summary>
    private readonly void MovePointer(ref int field, int at)
    {
        while (message[field] is > 0 and < 64)
            field += message[field] + 1;
        if (message[field] == 0)
        {
            field++;
            return;
        }
        var stored = (BinaryPrimitives.ReadUInt16BigEndian(message[field..]) & OffsetBits) - QuestionOffset;
        WritePointer(field, Moved(stored, at));
        field += PointerLength;
    }

    /// <summary>Where something stands that a stored pointer finds so many octets behind the question's start.</summary>
    private readonly int Moved(int stored, int at)
    {
        if (stored < name.Length)
            return nameAt + stored;
        var ownerLength = name.Length + apexLength;
        return stored < ownerLength ? QuestionOffset + stored - name.Length : at + stored - ownerLength - QuestionTailLength;
    }
}
