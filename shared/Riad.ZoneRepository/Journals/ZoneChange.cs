using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.ZoneRepository.Differences;

namespace Riad.ZoneRepository.Journals;

/// <summary>What one entry of the journal changed in one zone: a closed family.</summary>
public abstract record ZoneChange
{
    /// <summary>The most records that an entry lists for one zone.</summary>
    /// <remarks>Beyond it a secondary is better served by the whole zone, and the entry says only that much changed.</remarks>
    public const int MaxListedRecords = 100_000;

    private ZoneChange(DomainName apex) => Apex = apex;

    /// <summary>The zone's name.</summary>
    public DomainName Apex { get; }

    /// <summary>Served for the first time, or again after it was removed: the whole zone is new.</summary>
    /// <param name="Apex">The zone's name.</param>
    /// <param name="Serial">Served from this entry on.</param>
    /// <param name="Records">How many records the zone has.</param>
    public sealed record Created(DomainName Apex, Serial Serial, long Records) : ZoneChange(Apex);

    /// <summary>Changed, with every record listed.</summary>
    /// <param name="Difference">From the version before to this one.</param>
    public sealed record Changed(ZoneDifference Difference) : ZoneChange(Difference.Apex);

    /// <summary>Changed in so many records that they are not listed.</summary>
    /// <param name="Apex">The zone's name.</param>
    /// <param name="OldSerial">Of the version before.</param>
    /// <param name="NewSerial">Of this version.</param>
    /// <param name="Records">How many records changed.</param>
    public sealed record Replaced(DomainName Apex, Serial OldSerial, Serial NewSerial, long Records) : ZoneChange(Apex);

    /// <summary>No longer served.</summary>
    /// <param name="Apex">The zone's name.</param>
    /// <param name="OldSerial">The last that was served.</param>
    public sealed record Removed(DomainName Apex, Serial OldSerial) : ZoneChange(Apex);

    /// <summary>One line for the person who pushed and for pages: the zone, its serial and how much changed.</summary>
    public string Summary => $"{Apex.ToStringWithoutFinalDot()}: {Describe()}";

    /// <summary>The change that a difference is: listed where the difference is.</summary>
    public static ZoneChange Of(ZoneDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        return difference.IsListed ? new Changed(difference) : new Replaced(difference.Apex, difference.OldSerial, difference.NewSerial, difference.ChangedRecords);
    }

    private string Describe() => this switch
    {
        Created created => $"serial {created.Serial}, new zone, {Count(created.Records)}",
        Changed changed => $"serial {changed.Difference.NewSerial}, {CountChanged(changed.Difference.ChangedRecords)}",
        Replaced replaced => $"serial {replaced.NewSerial}, {CountChanged(replaced.Records)}",
        Removed removed => $"removed, last serial {removed.OldSerial}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string CountChanged(long records) => records == 0 ? "no record changed" : $"{Count(records)} changed";

    private static string Count(long records) => records == 1 ? "1 record" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{records} records");
}
