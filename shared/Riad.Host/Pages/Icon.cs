namespace Riad.Host.Pages;

/// <summary>The sign in a browser's tab: a house closed to the street around its garden.</summary>
/// <remarks>Without one every browser asks for /favicon.ico, and complains.</remarks>
internal static class Icon
{
    public const string Svg =
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#0d6b63" d="M1 1h14v14H1z"/><path fill="#fbfaf7" d="M3 3h10v10H3z"/><path fill="#5cc4b8" d="M5 5h6v6H5z"/></svg>

        """;
}
