using Riad.Core;

namespace Riad.Net.Machine;

/// <summary>Which of a machine's file systems becomes <c>/data</c>.</summary>
public abstract record DiskChoice
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PatienceWithUsb = TimeSpan.FromSeconds(5);

    private DiskChoice() { }

    /// <summary>This one.</summary>
    /// <param name="Device">Such as <c>/dev/vda</c>.</param>
    /// <param name="Superblock">What it says about itself.</param>
    public sealed record Found(string Device, Ext4Superblock Superblock) : DiskChoice;

    /// <summary>None, so far.</summary>
    public sealed record Missing : DiskChoice;

    /// <summary>More than one has the label: whoever guesses serves old data half of the time.</summary>
    /// <param name="Devices">All of them, in their order.</param>
    public sealed record Several(Seq<string> Devices) : DiskChoice;

    /// <summary>Chooses.</summary>
    /// <param name="wanted">A label, or a device, which is one whatever its label.</param>
    /// <param name="fileSystems">Every ext4 file system that is there now.</param>
    public static DiskChoice Of(string wanted, IEnumerable<(string Device, Ext4Superblock Superblock)> fileSystems)
    {
        var fitting = fileSystems.Where(each => each.Device == wanted || each.Superblock.Label == wanted).ToList();
        return fitting switch
        {
            [] => new Missing(),
            [var (device, superblock)] => new Found(device, superblock),
            _ => new Several([.. fitting.Select(each => each.Device)]),
        };
    }

    /// <summary>How long to look for one that is missing.</summary>
    /// <param name="isNamed">The operator named it, so it has to come.</param>
    /// <param name="mayFollow">There is another disk, or what disks are attached to: a memory card answers a second after its slot.</param>
    /// <param name="hasUsb">There is a USB: what is attached to it says so only after a while.</param>
    /// <returns>Since the first look; nothing for a machine that has no disk.</returns>
    public static TimeSpan WaitFor(bool isNamed, bool mayFollow, bool hasUsb) => isNamed || mayFollow ? Patience : hasUsb ? PatienceWithUsb : TimeSpan.Zero;
}
