using System.Text;
using Riad.Dns.Names;

namespace Riad.Dns.MasterFiles;

/// <summary>Finds lines that may have a name for their owner, without reading the lines between.</summary>
/// <remarks>It may find others, and may miss some: those that are written with escapes, in another case, or below another $ORIGIN.</remarks>
internal static class OwnerSearch
{
    /// <summary>Finds the parts of such lines.</summary>
    /// <param name="file">The file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="owner">In the zone.</param>
    /// <param name="parts">Takes their numbers.</param>
    public static void Find(PlacedFile file, ReadOnlySpan<byte> text, DomainName owner, SortedSet<int> parts)
    {
        var isApex = owner.Wire.SequenceEqual(file.Parts[0].Before.Origin.Span);
        if (file.Parts.Count == 1 || owner.IsRoot || isApex)
            parts.Add(0); // an apex is written as @, or as blanks, and mostly stands at the start
        if (file.Parts.Count == 1 || owner.IsRoot)
            return;
        var label = FirstLabel(owner);
        if (!TryFind(file, text, label, parts) && label.ToLowerInvariant() is var lower && lower != label)
            TryFind(file, text, lower, parts);
    }

    private static bool TryFind(PlacedFile file, ReadOnlySpan<byte> text, string label, SortedSet<int> parts)
    {
        var wanted = Encoding.ASCII.GetBytes("\n" + label);
        var found = text.StartsWith(wanted.AsSpan(1));
        if (found)
            parts.Add(0);
        for (int at = 0, step; (step = text[at..].IndexOf(wanted)) >= 0; at += step + 1)
        {
            var end = at + step + wanted.Length;
            if (end >= text.Length || text[end] is not ((byte)' ' or (byte)'\t' or (byte)'.') || file.PartAt(at + step + 1) is not (>= 0 and var part))
                continue;
            parts.Add(part);
            found = true;
        }
        return found;
    }

    private static string FirstLabel(DomainName name)
    {
        var label = name.Wire[..(name.Wire[0] + 1)];
        return NameText.Print([.. label, 0])[..^1];
    }
}
