using System.Globalization;
using Riad.Core;

namespace Riad.Images.Packages;

/// <summary>An archive of what Debian's mirrors had at any time: they drop a package when a newer version comes.</summary>
/// <remarks>Source: snapshot.debian.org, "Usage": archive/NAME/TIME/PLACE.</remarks>
/// <param name="Address">Where it is, without a slash at the end.</param>
/// <param name="Time">When the mirrors had what is asked for.</param>
public sealed record SnapshotArchive(string Address, DateTimeOffset Time)
{
    /// <summary>Debian's own.</summary>
    public const string Default = "https://snapshot.debian.org";

    // It looks at the mirrors a few times a day: what was new at the time came into it later.
    private static readonly TimeSpan Delay = TimeSpan.FromDays(1);

    /// <summary>Where a package may be, in the order in which to ask. Its hash says whether what comes is the one.</summary>
    public Seq<string> PlacesOf(LockedPackage package)
    {
        var slash = package.Path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? [] : [Place(Time), Place(Time + Delay)];

        string Place(DateTimeOffset time) =>
            $"{Address}/archive/{package.Path[..slash]}/{time.UtcDateTime.ToString(PackageLock.TimeFormat, CultureInfo.InvariantCulture)}{package.Path[slash..]}";
    }
}
