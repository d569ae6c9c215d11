using System.Globalization;
using Riad.Dns.Names;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Copies;

/// <summary>The places and words of the repository in which a secondary keeps what it has transferred.</summary>
/// <remarks>
/// The tree of a commit: <c>format</c>, and for each zone a folder <c>zones/HH/NAME</c> with <c>account</c>, what is known of
/// the copy; <c>zone</c>, a master file of one whole version; <c>changes/NNNNNN</c>, what was changed since, the oldest first.
/// NAME and HH are those of the journal (<see cref="JournalFormat"/>). Layout and reasons: docs/decisions/0010-copies.md.
/// </remarks>
public static class CopyFormat
{
    /// <summary>The branch, without <c>refs/heads/</c>.</summary>
    public const string Branch = "main";

    /// <summary>The whole name of the branch.</summary>
    public const string Ref = "refs/heads/" + Branch;

    /// <summary>The content of the file <c>format</c>, without its line end.</summary>
    public const string Current = "riad copies 1";

    internal const string FormatFile = "format";
    internal const string ZonesFolder = "zones";
    internal const string AccountFile = "account";
    internal const string ZoneFile = "zone";
    internal const string ChangesFolder = "changes";

    /// <summary>The folder of a zone.</summary>
    public static string PathOf(DomainName apex) => $"{ZonesFolder}/{JournalFormat.ShardOf(ZoneFileName.Print(apex))}/{ZoneFileName.Print(apex)}";

    /// <summary>The file of the nth change since the whole version, counted from 1.</summary>
    internal static string ChangeName(int number) => number.ToString("D6", CultureInfo.InvariantCulture);
}
