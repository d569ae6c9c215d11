using Riad.Interop.Tests.Running;

namespace Riad.Images.Interop.Tests.Deploying;

/// <summary>The commands of a page of the manual.</summary>
internal static class Page
{
    /// <summary>The one block of a page that has this line in it, or a line that begins with it.</summary>
    public static List<string> BlockWith(string page, string beginning)
    {
        var blocks = File.ReadAllText(Checkout.PathOf("docs", "deploy", page)).Split("\n```").Where((_, index) => index % 2 == 1).Select(block => block.Split('\n')[1..].ToList());
        return blocks.Single(block => block.Any(line => line.StartsWith(beginning, StringComparison.Ordinal)));
    }

    /// <summary>The one line of a block that begins so.</summary>
    public static string Line(this List<string> block, string beginning) => block.Single(line => line.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>The lines from the first that begins so, to the end.</summary>
    public static string From(this List<string> block, string beginning) => string.Join('\n', block.SkipWhile(line => !line.StartsWith(beginning, StringComparison.Ordinal)));
}
