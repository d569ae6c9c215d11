using System.Diagnostics.CodeAnalysis;

namespace Riad.Images.Records;

/// <summary>What is built again from somebody's record. Its words become arguments of programs, so that each has a form in which it can mean nothing else.</summary>
public sealed class Recipe
{
    private const int CommitLength = 40;

    private Recipe(string appliance, Architecture architecture, string commit, DateTimeOffset time) => (Appliance, Architecture, Commit, Time) = (appliance, architecture, commit, time);

    /// <summary>The image's name: small letters, digits and hyphens. Whether there is one of that name, the commit's own builder knows.</summary>
    public string Appliance { get; }

    /// <summary>The machine.</summary>
    public Architecture Architecture { get; }

    /// <summary>Forty hexadecimal digits.</summary>
    public string Commit { get; }

    /// <summary>The time of everything in it.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Finds out how to build an image again.</summary>
    /// <param name="record">What it says about itself.</param>
    /// <param name="recipe">How.</param>
    /// <param name="refusal">Why it cannot be built again.</param>
    public static bool TryFind(BuildRecord record, [NotNullWhen(true)] out Recipe? recipe, [NotNullWhen(false)] out string? refusal)
    {
        (recipe, refusal) = (null, Refuse(record));
        if (refusal is null)
            recipe = new(record.Appliance, Architecture.All.Single(architecture => architecture.Name == record.Architecture), record.Commit, record.Time);
        return recipe is not null;
    }

    private static string? Refuse(BuildRecord record)
    {
        if (!IsName(record.Appliance))
            return $"its record names an appliance '{Comparison.Show(record.Appliance)}', which is no name of one";
        if (Architecture.All.All(architecture => architecture.Name != record.Architecture))
            return $"its record names a machine '{Comparison.Show(record.Architecture)}': there are {string.Join(" and ", Architecture.All.Select(architecture => architecture.Name))}";
        if (record.Commit.Length != CommitLength || !record.Commit.All(char.IsAsciiHexDigitLower))
            return $"it was built from '{Comparison.Show(record.Commit)}': only one from a commit alone can be built again";
        if (record.Options.Count > 0)
            return $"it was built with {Comparison.Show(record.Options.ToString())}: only one from a commit alone can be built again";
        return SourceDate.TryParse(SourceDate.Write(record.Time), out var time) && time == record.Time
            ? null
            : "its record names a time before 1980 or after 2106";
    }

    private static bool IsName(string text) => text.Length > 0 && char.IsAsciiLetterLower(text[0]) && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
