using System.Runtime.InteropServices;
using Riad.Dns.Names;

namespace Riad.Dns.Zones;

/// <summary>What a zone builder has been given, in few large arrays: an owner and its chain of records, in the order of addition.</summary>
internal sealed class BuilderStore
{
    /// <summary>The index of the apex among the owners.</summary>
    public const int ApexIndex = 0;

    private const int FirstTableLength = 16;

    private readonly OctetChunks octets = new(stays: false);
    private readonly List<Owner> owners = [];
    private readonly List<Record> records = [];
    private ulong[] table = new ulong[FirstTableLength];

    /// <summary>One name.</summary>
    /// <param name="Name">Where its relative name lies.</param>
    /// <param name="Hash">The upper half of its slot.</param>
    public record struct Owner(uint Name, uint Hash)
    {
        /// <summary>The first record, counted from 1; 0 for none.</summary>
        public int First;

        /// <summary>The last record, counted from 1.</summary>
        public int Last;

        /// <summary>What is known of the name so far.</summary>
        public NodeFlags Flags;

        /// <summary>The owner one label up.</summary>
        public int Parent;

        /// <summary>How many owners are one label below.</summary>
        public int Children;
    }

    /// <summary>One record.</summary>
    /// <param name="Rdata">Where its data lie.</param>
    /// <param name="Ttl">Seconds.</param>
    /// <param name="Type">The number on the wire.</param>
    public record struct Record(uint Rdata, uint Ttl, ushort Type)
    {
        /// <summary>The next record of the owner, counted from 1; 0 for none.</summary>
        public int Next;
    }

    /// <summary>Octets of names and data.</summary>
    public long Octets => octets.Length;

    /// <summary>How many names.</summary>
    public int OwnerCount => owners.Count;

    /// <summary>How many records.</summary>
    public int RecordCount => records.Count;

    /// <summary>The owners' table: the hash in the upper half, the owner counted from 1 in the lower, 0 for a free slot.</summary>
    public ulong[] Table => table;

    /// <summary>An owner, to be changed in place until the next is added.</summary>
    public ref Owner OwnerAt(int index) => ref CollectionsMarshal.AsSpan(owners)[index];

    /// <summary>A record, counted from 1.</summary>
    public Record RecordAt(int number) => records[number - 1];

    /// <summary>The labels of an owner below the apex.</summary>
    public ReadOnlySpan<byte> RelativeName(int index)
    {
        var stored = octets.At(owners[index].Name);
        return stored.Slice(1, stored[0]);
    }

    /// <summary>The data of a record.</summary>
    public ReadOnlySpan<byte> Rdata(Record record)
    {
        var stored = octets.At(record.Rdata);
        return stored.Slice(2, MemoryMarshal.Read<ushort>(stored));
    }

    /// <summary>Finds an owner; -1 when there is none.</summary>
    /// <param name="hash">Of the absolute name.</param>
    /// <param name="relativeName">In any case.</param>
    public int Find(ulong hash, ReadOnlySpan<byte> relativeName)
    {
        var mask = table.Length - 1;
        for (var slot = (int)hash & mask; table[slot] != 0; slot = (slot + 1) & mask)
        {
            if ((uint)(table[slot] >> 32) == (uint)hash && NameOctets.AreEqual(RelativeName((int)(uint)table[slot] - 1), relativeName))
                return (int)(uint)table[slot] - 1;
        }
        return -1;
    }

    /// <summary>Adds an owner that is not there yet.</summary>
    public int AddOwner(ulong hash, ReadOnlySpan<byte> relativeName)
    {
        if ((owners.Count + 1) * 4L > table.Length * 3L)
            GrowTable();
        var place = octets.Append(1 + relativeName.Length, out var stored);
        stored[0] = (byte)relativeName.Length;
        relativeName.CopyTo(stored[1..]);
        owners.Add(new(place, (uint)hash));
        Insert(table, (uint)hash, owners.Count);
        return owners.Count - 1;
    }

    /// <summary>Adds a record at the end of its owner's chain.</summary>
    public void AddRecord(int ownerIndex, ushort type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        var place = octets.Append(2 + rdata.Length, out var stored);
        MemoryMarshal.Write(stored, (ushort)rdata.Length);
        rdata.CopyTo(stored[2..]);
        records.Add(new(place, ttl, type));
        ref var owner = ref OwnerAt(ownerIndex);
        if (owner.First == 0)
            owner.First = records.Count;
        else
            CollectionsMarshal.AsSpan(records)[owner.Last - 1].Next = records.Count;
        owner.Last = records.Count;
    }

    private void GrowTable()
    {
        var larger = new ulong[table.Length * 2];
        foreach (var slot in table)
        {
            if (slot != 0)
                Insert(larger, (uint)(slot >> 32), (int)(uint)slot);
        }
        table = larger;
    }

    private static void Insert(ulong[] slots, uint hash, int number)
    {
        var mask = slots.Length - 1;
        var slot = (int)hash & mask;
        while (slots[slot] != 0)
            slot = (slot + 1) & mask;
        slots[slot] = (ulong)hash << 32 | (uint)number;
    }
}
