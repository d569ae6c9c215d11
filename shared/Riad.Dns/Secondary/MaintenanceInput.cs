using Riad.Dns.Records;

namespace Riad.Dns.Secondary;

/// <summary>What happens to a zone that is kept up to date.</summary>
public abstract record MaintenanceInput
{
    private MaintenanceInput()
    {
    }

    /// <summary>Time has come to <see cref="ZoneMaintenance.WakeAt"/>.</summary>
    public sealed record Tick : MaintenanceInput;

    /// <summary>A primary says that the zone has changed. Whether it may say so was decided before.</summary>
    /// <param name="Primary">Which of the primaries.</param>
    /// <param name="Hint">The serial that it told, which may be wrong; null when it told none.</param>
    public sealed record Notified(int Primary, Serial? Hint) : MaintenanceInput;

    /// <summary>The primary that was asked told its serial.</summary>
    /// <param name="Serial">Of the version that it has.</param>
    /// <param name="Left">Until the zone expires there; null when it did not say.</param>
    public sealed record Answered(Serial Serial, TimeSpan? Left = null) : MaintenanceInput;

    /// <summary>The primary that was asked for a transfer has the version that we have.</summary>
    /// <param name="Left">Until the zone expires there; null when it did not say.</param>
    public sealed record UpToDate(TimeSpan? Left = null) : MaintenanceInput;

    /// <summary>The primary that was asked gave a new version.</summary>
    /// <param name="Soa">Of the new version.</param>
    /// <param name="Left">Until the zone expires there; null when it did not say.</param>
    public sealed record Loaded(Soa Soa, TimeSpan? Left = null) : MaintenanceInput;

    /// <summary>The primary that was asked gave nothing.</summary>
    public sealed record Failed(RefreshFailure Failure) : MaintenanceInput;
}
