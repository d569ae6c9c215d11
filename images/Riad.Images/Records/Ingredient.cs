namespace Riad.Images.Records;

/// <summary>Something of other people that an image was made of, or with.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Name">As it is named there.</param>
/// <param name="Version">As it is numbered there.</param>
/// <param name="Architecture">The machine that it runs on, as Debian names it, or <c>all</c>; empty for what is said without.</param>
/// <param name="Licence">An SPDX expression; empty where none is known.</param>
/// <param name="Hash">Such as <c>sha256:…</c> in hexadecimal digits, or <c>sha512:…</c>.</param>
/// <param name="IsInImage">False for what only builds it.</param>
public sealed record Ingredient(IngredientKind Kind, string Name, string Version, string Architecture, string Licence, string Hash, bool IsInImage)
{
    /// <summary>Who gives it to the world; empty where nobody says.</summary>
    public string Supplier { get; init; } = "";

    /// <summary>The source package that it was built from, as Debian names it; empty elsewhere.</summary>
    public string Source { get; init; } = "";
}

/// <summary>Where an ingredient comes from.</summary>
public enum IngredientKind
{
    /// <summary>A package of Debian 12.</summary>
    Debian,

    /// <summary>A package of NuGet, .NET's runtime among them.</summary>
    NuGet,
}
