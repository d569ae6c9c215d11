using Riad.Interop.Tests.Running;

namespace Riad.Interop.Tests.Manual;

/// <summary>A page of the manual whose blocks of commands say in their first line on which machine they run; what follows them is what is to be seen then.</summary>
internal static class ManualPage
{
    private const string Place = "# on ";
    private const string Apart = ", in a terminal of its own";

    /// <summary>The blocks, in their order.</summary>
    public static IReadOnlyList<ManualStep> Read(string page)
    {
        var steps = new List<ManualStep>();
        foreach (var (kind, text) in Blocks(File.ReadAllLines(Checkout.PathOf("docs", page))))
        {
            if (kind == "text")
                steps[^1] = steps[^1] with { Expected = text };
            if (kind != "sh")
                continue;
            var place = text[0].StartsWith(Place, StringComparison.Ordinal) ? text[0][Place.Length..] : throw new InvalidDataException($"{page}: a block does not say where it runs: {text[0]}");
            var isApart = place.EndsWith(Apart, StringComparison.Ordinal);
            steps.Add(new(isApart ? place[..^Apart.Length] : place, isApart, string.Join('\n', text[1..]), []));
        }
        return steps;
    }

    private static IEnumerable<(string Kind, string[] Text)> Blocks(string[] lines)
    {
        const string Fence = "```";
        for (var at = 0; at < lines.Length; at++)
        {
            if (!lines[at].StartsWith(Fence, StringComparison.Ordinal))
                continue;
            var end = Array.IndexOf(lines, Fence, at + 1);
            yield return (lines[at][Fence.Length..], lines[(at + 1)..end]);
            at = end;
        }
    }
}

/// <summary>One block of commands.</summary>
/// <param name="Machine">Where it runs.</param>
/// <param name="IsApart">It goes on running while the next blocks do.</param>
/// <param name="Commands">For a shell.</param>
/// <param name="Expected">Lines to be seen, in this order; none where the page shows none.</param>
internal sealed record ManualStep(string Machine, bool IsApart, string Commands, string[] Expected)
{
    /// <summary>True when what was seen has the expected lines.</summary>
    public bool IsSeenIn(string said)
    {
        var lines = said.Split('\n').Select(line => line.TrimEnd());
        return Expected.SequenceEqual(lines.Where(Expected.Contains));
    }
}
