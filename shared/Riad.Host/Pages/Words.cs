using System.Globalization;

namespace Riad.Host.Pages;

/// <summary>Times, counts and commits as people read them.</summary>
public static class Words
{
    /// <summary>A span in its largest fitting unit: "3 minutes".</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 90 } => Count((long)span.TotalSeconds, "second"),
        { TotalMinutes: < 90 } => Count((long)span.TotalMinutes, "minute"),
        { TotalHours: < 36 } => Count((long)span.TotalHours, "hour"),
        _ => Count((long)span.TotalDays, "day"),
    };

    /// <summary>A count with its noun: "1 record", "2,000 records".</summary>
    public static string Count(long count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A count with its thousands apart.</summary>
    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Queries each second.</summary>
    public static string Rate(double rate) => rate switch
    {
        0 => "0",
        < 0.1 => "< 0.1",
        < 10 => rate.ToString("0.0", CultureInfo.InvariantCulture),
        _ => Number((long)rate),
    };

    /// <summary>A moment in UTC.</summary>
    public static string Moment(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The first digits of a commit.</summary>
    public static string Commit(string id) => id.Length > 10 ? id[..10] : id;
}
