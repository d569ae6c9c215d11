using System.Globalization;

namespace Riad.Images.Records;

/// <summary>The time that everything in an image has, in place of the one at which it was built.</summary>
/// <remarks>Source: reproducible-builds.org, "SOURCE_DATE_EPOCH": seconds since the beginning of 1970.</remarks>
public static class SourceDate
{
    /// <summary>The variable that names another time than the commit's.</summary>
    public const string Variable = "SOURCE_DATE_EPOCH";

    /// <summary>Where the calendar of FAT begins. What is earlier becomes this.</summary>
    public static DateTimeOffset Earliest { get; } = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads seconds.</summary>
    /// <param name="text">Decimal digits. The headers of cpio have room for 32 bits, which end in 2106.</param>
    /// <param name="time">A time that every format here can write.</param>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        var isRead = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        var given = DateTimeOffset.FromUnixTimeSeconds(seconds);
        time = given < Earliest ? Earliest : given;
        return isRead;
    }

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public static string Write(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
