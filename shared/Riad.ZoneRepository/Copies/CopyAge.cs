using Riad.Dns.Secondary;

namespace Riad.ZoneRepository.Copies;

/// <summary>From moments of the calendar to spans: how old a copy is, and how long it may still be served.</summary>
public static class CopyAge
{
    // A clock that was set back by more than this tells nothing of the copy's age.
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    /// <summary>What is recalled of a copy.</summary>
    /// <param name="copy">As it was kept.</param>
    /// <param name="confirmed">The last contact; null when it is not known. One of another version is passed over.</param>
    /// <param name="now">The present.</param>
    /// <remarks>
    /// The later of the two contacts counts. A contact that lies more than an hour ahead is not believed: then the zone has
    /// expired, since nobody can tell how long ago the contact was.
    /// </remarks>
    public static RecalledZone Recall(ZoneCopy copy, ZoneContact? confirmed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(copy);
        var (contact, expires) = (copy.Account.Contact, copy.Account.Expires);
        if (confirmed is not null && confirmed.Serial == copy.Account.Serial && confirmed.Contact > contact)
            (contact, expires) = (confirmed.Contact, confirmed.Expires);
        var age = now - contact;
        var left = age < -Tolerance ? TimeSpan.Zero : expires - now;
        return new(copy.Zone, copy.Steps, copy.Account.Origin, age > TimeSpan.Zero ? age : TimeSpan.Zero, left);
    }
}
