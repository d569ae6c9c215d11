namespace Riad.Images.Records;

/// <summary>What an ingredient is called by programs that compare it with lists of known faults.</summary>
/// <remarks>
/// Source: package-url, "PURL specification" with its types deb and nuget: a colon stays, other signs are escaped,
/// qualifiers are in order. Debian lists faults by the name of the source package, which scanners read from "upstream".
/// </remarks>
public static class PackageAddress
{
    private const string Release = "debian-12";

    /// <summary>Such as <c>pkg:deb/debian/libc6@2.36-9?arch=amd64&amp;distro=debian-12&amp;upstream=glibc</c>.</summary>
    public static string Of(Ingredient ingredient) => ingredient.Kind switch
    {
        IngredientKind.Debian => $"pkg:deb/debian/{Escape(ingredient.Name)}@{Escape(ingredient.Version)}?arch={ingredient.Architecture}&distro={Release}{Upstream(ingredient)}",
        IngredientKind.NuGet => $"pkg:nuget/{Escape(ingredient.Name)}@{Escape(ingredient.Version)}",
    };

    private static string Upstream(Ingredient ingredient) => ingredient.Source.Length == 0 || ingredient.Source == ingredient.Name ? "" : $"&upstream={Escape(ingredient.Source)}";

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%3A", ":", StringComparison.Ordinal);
}
