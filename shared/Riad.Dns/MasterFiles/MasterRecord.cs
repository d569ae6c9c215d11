using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>A record as it was read, and where. All spans are overwritten by the next record.</summary>
internal readonly ref struct MasterRecord
{
    /// <summary>The owner on the wire.</summary>
    public required ReadOnlySpan<byte> Owner { get; init; }

    public required RrType Type { get; init; }

    /// <summary>Seconds.</summary>
    public required uint Ttl { get; init; }

    /// <summary>Uncompressed.</summary>
    public required ReadOnlySpan<byte> Rdata { get; init; }

    public required MasterSource Source { get; init; }

    /// <summary>Where the entry begins in the source, its first blanks counted, and where it ends behind its line end.</summary>
    public required (int Start, int End) Entry { get; init; }

    /// <summary>The entry's words; the owner's is the first unless it is inherited.</summary>
    public required ReadOnlySpan<MasterToken> Tokens { get; init; }

    public required RecordHead Head { get; init; }

    /// <summary>Completes the entry's relative names.</summary>
    public required ReadOnlySpan<byte> Origin { get; init; }

    /// <summary>0 in the zone's own file, 1 in a file that it includes, and so on.</summary>
    public required int Depth { get; init; }

    /// <summary>Tells files apart, and the times that one file is included; 0 for the zone's own file.</summary>
    public required int Inclusion { get; init; }

    public required bool InheritsOwner { get; init; }

    public required TtlSource TtlSource { get; init; }
}
