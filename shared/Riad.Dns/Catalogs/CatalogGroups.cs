using System.Diagnostics.CodeAnalysis;
using Riad.Dns.Names;

namespace Riad.Dns.Catalogs;

/// <summary>Which zones are in which group: a zone and its group a line, '#' begins a comment.</summary>
/// <remarks>
/// <code>
/// example.org   customers
/// example.net   customers
/// </code>
/// A zone that has no line is in no group; a line of a zone that is not served says nothing.
/// </remarks>
public sealed class CatalogGroups
{
    /// <summary>No zone is in a group.</summary>
    public static readonly CatalogGroups None = new([]);

    private readonly Dictionary<DomainName, string> groups;

    private CatalogGroups(Dictionary<DomainName, string> groups) => this.groups = groups;

    /// <summary>The group of a zone; null for none.</summary>
    public string? GroupOf(DomainName zone) => groups.GetValueOrDefault(zone);

    /// <summary>Reads a file.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="groups">Null on failure.</param>
    /// <param name="fault">The first fault, its line first, and what to write instead. Meaningful on failure.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out CatalogGroups? groups, out string fault)
    {
        groups = null;
        var found = new Dictionary<DomainName, string>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var words = line.Split('#', 2)[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            fault = $"line {number}: write a zone and its group, such as 'example.org customers'";
            if (words.Length != 2 || !DomainName.TryParseAbsolute(words[0], out var zone) || System.Text.Encoding.UTF8.GetByteCount(words[1]) > CatalogZone.MaxGroupLength)
                return false;
            fault = $"line {number}: {zone.ToStringWithoutFinalDot()} has a group already";
            if (!found.TryAdd(zone, words[1]))
                return false;
        }
        (groups, fault) = (new(found), "");
        return true;
    }
}
