using Riad.Core;

namespace Riad.DnsPrimaryGit.Pages;

/// <summary>What the status page shows.</summary>
/// <param name="Version">Of the program, with its commit.</param>
/// <param name="Running">How long the process runs.</param>
/// <param name="Branch">The served branch.</param>
/// <param name="Head">Its commit; null while nothing was pushed.</param>
/// <param name="CloneAddress">What a person gives to <c>git clone</c>.</param>
/// <param name="QueriesPerSecond">Over the last minute.</param>
/// <param name="Troubles">What is wrong now, one sentence each.</param>
/// <param name="Zones">In canonical order.</param>
/// <param name="Changes">The last changes, newest first.</param>
internal sealed record StatusView(
    string Version,
    TimeSpan Running,
    string Branch,
    string? Head,
    string CloneAddress,
    double QueriesPerSecond,
    Seq<string> Troubles,
    Seq<ZoneRow> Zones,
    Seq<ChangeRow> Changes)
{
    /// <summary>Secondaries that do not answer, or refuse, one sentence each.</summary>
    public Seq<string> Secondaries { get; init; } = [];

    /// <summary>Where the remote is and how it goes, in words; null where there is none.</summary>
    public string? Remote { get; init; }
}

/// <summary>One zone among the others.</summary>
/// <param name="Name">Without the final dot.</param>
/// <param name="Serial">The served serial; null for a zone that was never good.</param>
/// <param name="Commit">The commit that is served.</param>
/// <param name="Records">How many records are served.</param>
/// <param name="Age">Since this version is served.</param>
/// <param name="QueriesPerSecond">Over the last minute.</param>
/// <param name="Trouble">Why the zone is not served as it stands in the branch; null when it is.</param>
internal sealed record ZoneRow(string Name, uint? Serial, string Commit, long Records, TimeSpan Age, double QueriesPerSecond, string? Trouble);

/// <summary>One change that was served.</summary>
/// <param name="When">When it was served.</param>
/// <param name="Author">Of the commit, name only.</param>
/// <param name="Subject">The commit's first line.</param>
/// <param name="Commit">The commit that was served.</param>
/// <param name="Zones">What became of each zone.</param>
internal sealed record ChangeRow(DateTimeOffset When, string Author, string Subject, string Commit, Seq<ZoneChangeRow> Zones);

/// <summary>What one change did to one zone.</summary>
/// <param name="Zone">Without the final dot.</param>
/// <param name="From">The serial before; null when the zone is new.</param>
/// <param name="To">The serial after; null when the zone was removed.</param>
/// <param name="Summary">In words: "1 record changed".</param>
internal sealed record ZoneChangeRow(string Zone, uint? From, uint? To, string Summary);
