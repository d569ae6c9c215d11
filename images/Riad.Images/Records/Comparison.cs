using System.Collections.Immutable;
using System.Globalization;
using Riad.Core;

namespace Riad.Images.Records;

/// <summary>Tells in what an image differs from the one that was built again.</summary>
public static class Comparison
{
    private const string Nothing = "not there";

    /// <summary>Compares every file of both folders.</summary>
    /// <returns>A line for each that differs, in order of their paths; none when every octet is the same.</returns>
    public static Seq<string> Files(IEnumerable<ProductFile> given, IEnumerable<ProductFile> made) =>
        Compare(given.Select(file => (file.Path, file.Sha256)), made.Select(file => (file.Path, file.Sha256)));

    /// <summary>Compares what both say of how they came about. Of their files they say what <see cref="Files"/> finds.</summary>
    /// <returns>A line for each thing that differs.</returns>
    public static Seq<string> Records(BuildRecord given, BuildRecord made) => Compare(Describe(given), Describe(made));

    /// <summary>Text of somebody's record as a terminal may show it.</summary>
    public static string Show(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));

    private static Seq<string> Compare(IEnumerable<(string Name, string Value)> given, IEnumerable<(string Name, string Value)> made)
    {
        var (before, after) = (Gather(given), Gather(made));
        return
        [
            .. before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name))
                .Select(name => $"{Show(name)}: {Show(before.GetValueOrDefault(name, Nothing))} in the image, {after.GetValueOrDefault(name, Nothing)} built again"),
        ];
    }

    // What stands there twice differs from what stands there once.
    private static ImmutableDictionary<string, string> Gather(IEnumerable<(string Name, string Value)> all) =>
        all.GroupBy(entry => entry.Name, StringComparer.Ordinal).ToImmutableDictionary(group => group.Key, group => string.Join(", ", group.Select(entry => entry.Value)), StringComparer.Ordinal);

    private static IEnumerable<(string, string)> Describe(BuildRecord record) =>
    [
        ("appliance", record.Appliance), ("architecture", record.Architecture), ("version", record.Version), ("commit", record.Commit),
        ("time", record.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)), ("sdk", record.Sdk), ("runtime", record.Runtime), ("options", record.Options.Count == 0 ? "none" : record.Options.ToString()),
        .. record.Ingredients.Select(ingredient => ($"{ingredient.Name} {ingredient.Architecture}".TrimEnd(), $"{ingredient.Version} {ingredient.Hash}{(ingredient.IsInImage ? "" : " outside")} of {ingredient.Kind}{(ingredient.Licence.Length == 0 ? "" : " under " + ingredient.Licence)}")),
    ];
}
