namespace Riad.Git.Io.Upkeep;

/// <summary>A start of the machine.</summary>
/// <param name="Name">The same in all its containers, another after every restart.</param>
/// <param name="Began">When, by the clock as it is now.</param>
internal sealed record MachineStart(string Name, DateTime Began)
{
    /// <summary>That of now; null when the system does not tell.</summary>
    /// <remarks>Source: random(4), boot_id. Null on other systems than Linux.</remarks>
    public static MachineStart? Find()
    {
        const string kernel = "/proc/sys/kernel/random/boot_id";
        return File.Exists(kernel) ? new(File.ReadAllText(kernel).Trim(), DateTime.UtcNow - TimeSpan.FromMilliseconds(Environment.TickCount64)) : null;
    }

    /// <summary>Tells whether a file is of an earlier start. One that is dated later than now is: before its clock was set, a machine may begin in its past.</summary>
    /// <param name="path">False when there is no such file.</param>
    public bool IsAfter(string path) =>
        // One look at the disk: a file that is gone has a date, too, and it is an old one.
        new FileInfo(path) is { Exists: true, LastWriteTimeUtc: var written } && (written < Began || written > DateTime.UtcNow.AddMinutes(1));
}
