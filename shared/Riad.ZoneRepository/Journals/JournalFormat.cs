using Riad.Dns.Names;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;

namespace Riad.ZoneRepository.Journals;

/// <summary>The places and words of the journal.</summary>
/// <remarks>
/// The tree of an entry: <c>format</c>; <c>zones/HH/NAME</c>, what is known of each zone; <c>changes/NAME</c>, what this
/// entry changed. NAME is the zone's file name without <c>.zone</c>, HH the first two digits of the id that Git gives to a
/// blob with that name as its content, so that an entry writes two small folders and shares the other 255 with the one before.
/// </remarks>
public static class JournalFormat
{
    /// <summary>The ref that names the newest entry. Clients may read it, and only the server writes it.</summary>
    public const string Ref = "refs/riad/served";

    /// <summary>The content of the file <c>format</c>, without its line end.</summary>
    public const string Current = "riad journal 1";

    internal const string FormatFile = "format";
    internal const string ZonesFolder = "zones";
    internal const string ChangesFolder = "changes";

    /// <summary>Where the account of a zone stands in an entry's tree.</summary>
    public static string PathOf(DomainName apex) => $"{ZonesFolder}/{ShardOf(ZoneFileName.Print(apex))}/{ZoneFileName.Print(apex)}";

    internal static string ShardOf(string fileName) =>
        ObjectHash.Compute(ObjectKind.Blob, System.Text.Encoding.ASCII.GetBytes(fileName)).FirstOctet.ToString("x2", System.Globalization.CultureInfo.InvariantCulture);
}
