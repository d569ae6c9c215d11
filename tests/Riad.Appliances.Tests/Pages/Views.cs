using Riad.DnsPrimaryGit.Pages;

namespace Riad.Appliances.Tests.Pages;

/// <summary>What pages are made of, with one thing changed at a time.</summary>
internal static class Views
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static ZoneRow Row(string name = "example.org", uint? serial = 7, string? trouble = null) =>
        new(name, serial, "0123456789abcdef0123", Records: 1234, TimeSpan.FromMinutes(100), QueriesPerSecond: 2.5, trouble);

    public static StatusView Status(params ZoneRow[] zones) =>
        new("1.0 (abc)", TimeSpan.FromDays(3), "main", "0123456789abcdef0123", "http://127.0.0.1:8300/zones.git", QueriesPerSecond: 17.8, [], [.. zones], []);

    public static ZoneVersion Version(uint serial, string subject = "A change") =>
        new(serial, Noon, "Ada", subject, "fedcba9876543210", "1 record changed");
}
