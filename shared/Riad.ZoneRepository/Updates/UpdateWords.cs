using System.Globalization;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Updates;

namespace Riad.ZoneRepository.Updates;

/// <summary>Says in a commit's message what an update changed, for people who read the history.</summary>
/// <remarks>
/// <code>
/// example.org: add A 192.0.2.7 to host7
///
/// Update-Key: host7._update.example.org
/// Update-Client: 198.51.100.7
/// </code>
/// Several changes are summed up in the first line and listed below it.
/// </remarks>
internal static class UpdateWords
{
    public const string ClientTrailer = "Update-Client";

    private const string KeyTrailer = "Update-Key";

    private const int MaxLines = 100;
    private const int MaxNames = 3;
    private const int MaxDataLength = 100; // characters

    /// <summary>The whole message.</summary>
    public static string Message(DomainName apex, Seq<SetChange> changes, UpdateOrigin origin)
    {
        var lines = changes.SelectMany(change => Describe(change, apex)).ToList();
        var message = new StringBuilder().Append(apex.ToStringWithoutFinalDot()).Append(": ");
        message.Append(lines.Count == 1 ? lines[0] : Summary(lines.Count, changes, apex)).Append("\n\n");
        if (lines.Count > 1)
        {
            foreach (var line in lines.Take(MaxLines))
                message.Append("- ").Append(line).Append('\n');
            if (lines.Count > MaxLines)
                message.Append(CultureInfo.InvariantCulture, $"- and {lines.Count - MaxLines} more\n");
            message.Append('\n');
        }
        if (origin.Key is { } key)
            message.Append(CultureInfo.InvariantCulture, $"{KeyTrailer}: {key.ToStringWithoutFinalDot()}\n");
        return message.Append(CultureInfo.InvariantCulture, $"{ClientTrailer}: {origin.Client}\n").ToString();
    }

    /// <summary>The author's name: the key's, as far as Git allows it.</summary>
    public static string Author(UpdateOrigin origin) =>
        origin.Key is not { IsRoot: false } key ? "unsigned update" : key.ToStringWithoutFinalDot().Replace("<", "\\060", StringComparison.Ordinal).Replace(">", "\\062", StringComparison.Ordinal);

    private static string Summary(int count, Seq<SetChange> changes, DomainName apex)
    {
        var names = changes.Select(change => change.Owner).Distinct().ToList();
        var shown = string.Join(", ", names.Take(MaxNames).Select(name => Relative(name, apex)));
        var more = names.Count > MaxNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MaxNames} more names") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{count} changes to {shown}{more}");
    }

    private static IEnumerable<string> Describe(SetChange change, DomainName apex)
    {
        var (removed, added, owner) = (change.Removed, change.Added, Relative(change.Owner, apex));
        var pairs = Math.Min(removed.Count, added.Count);
        for (var i = 0; i < pairs; i++)
            yield return $"change {change.Type} of {owner} from {Print(change.Type, removed[i])} to {Print(change.Type, added[i])}";
        foreach (var data in removed.Skip(pairs))
            yield return $"remove {change.Type} {Print(change.Type, data)} from {owner}";
        foreach (var data in added.Skip(pairs))
            yield return $"add {change.Type} {Print(change.Type, data)} to {owner}";
        if (change is { Old.Count: > 0, New.Count: > 0 } && change.OldTtl != change.NewTtl)
            yield return $"change the TTL of {change.Type} of {owner} from {change.OldTtl} to {change.NewTtl}";
    }

    private static string Relative(DomainName name, DomainName apex)
    {
        if (name == apex || apex.IsRoot)
            return name.ToStringWithoutFinalDot();
        return name.ToString()[..^(apex.ToString().Length + 1)];
    }

    private static string Print(RrType type, Octets data)
    {
        var text = new StringBuilder();
        RdataText.Print(type, data.Span, text);
        return text.Length <= MaxDataLength ? text.ToString() : $"{text.ToString(0, MaxDataLength)}...";
    }
}
