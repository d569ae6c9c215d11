namespace Riad.Images.Disks;

/// <summary>A part of a disk.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">What tools show, where the table has room for names; at most 36 letters.</param>
/// <param name="Content">The file system on it; its size is the partition's, rounded up to whole mebibytes.</param>
public sealed record Partition(PartitionKind Kind, string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>Octets that it takes on the disk.</summary>
    public long Length => Disk.RoundUp(Content.Length);
}

/// <summary>What a partition is for.</summary>
public enum PartitionKind
{
    /// <summary>Holds what firmware starts: the EFI system partition, or a Raspberry Pi's boot partition.</summary>
    Boot,

    /// <summary>Holds an appliance's state.</summary>
    Data,
}
