using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Riad.Dns.Records;

namespace Riad.Dns.Catalogs;

/// <summary>The serial of a catalog, and the membership that it belongs to: what is remembered from one start to the next.</summary>
/// <param name="Serial">Grows with each change of the membership, and only then.</param>
/// <param name="Digest">From <see cref="CatalogZone.DigestOf"/>.</param>
public sealed record CatalogVersion(Serial Serial, string Digest)
{
    /// <summary>The version of a membership: this one when nothing changed.</summary>
    /// <param name="before">Null when nothing is remembered.</param>
    /// <param name="digest">Of the membership.</param>
    /// <param name="unixSeconds">
    /// The present, in seconds since 1970: the serial of a change, unless the one before is that high already. So a serial
    /// that was forgotten is not given again.
    /// </param>
    public static CatalogVersion Next(CatalogVersion? before, string digest, long unixSeconds)
    {
        var time = new Serial((uint)unixSeconds);
        if (before is null)
            return new(time, digest);
        if (before.Digest == digest)
            return before;
        return new(time.IsNewerThan(before.Serial) ? time : before.Serial.Next, digest);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CatalogVersion? version)
    {
        version = text.Trim().Split(' ') is [var serial, { Length: > 0 } digest] && uint.TryParse(serial, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new(new(value), digest)
            : null;
        return version is not null;
    }

    /// <summary>One line.</summary>
    public override string ToString() => $"{Serial} {Digest}";
}
