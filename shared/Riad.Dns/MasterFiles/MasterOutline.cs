using System.Collections.Immutable;
using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>Where a master file that was read can be entered again: of a later version, only the parts that differ are read.</summary>
/// <remarks>A place about every 64 KiB, some hundred octets each. Only for a file without $INCLUDE and $GENERATE.</remarks>
public sealed class MasterOutline
{
    /// <summary>At least so many octets lie between two places.</summary>
    internal const int Interval = 1 << 16;

    internal MasterOutline(ImmutableArray<Checkpoint> checkpoints, int interval, bool hasDname, Serial serial) =>
        (Checkpoints, Spacing, HasDname, Serial) = (checkpoints, interval, hasDname, serial);

    /// <summary>In the order of the file; the first stands at its start.</summary>
    internal ImmutableArray<Checkpoint> Checkpoints { get; }

    /// <summary>The interval that the file was read with.</summary>
    internal int Spacing { get; }

    /// <summary>True when a record of the file is a DNAME, or was in an earlier version.</summary>
    internal bool HasDname { get; }

    /// <summary>The serial that the file says.</summary>
    internal Serial Serial { get; }
}
