namespace Riad.Net.Machine;

/// <summary>Patterns with <c>*</c> (anything), <c>?</c> (one character) and <c>[a-c]</c> (one of these).</summary>
/// <remarks>Source: fnmatch(3) without flags, as the kernel's tools use it; no escapes and no negation, which the kernel's tables do not hold.</remarks>
public static class Glob
{
    /// <summary>True when the whole text fits. Costs at most the product of both lengths.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        // After a mismatch the last '*' takes one character more; earlier ones never need to.
        var (at, next, star, taken) = (0, 0, -1, 0);
        while (next < text.Length)
        {
            if (at < pattern.Length && pattern[at] is '*')
            {
                (star, taken) = (at++, next);
                continue;
            }
            if (at < pattern.Length && MatchesOne(pattern[at..], text[next], out var length))
            {
                at += length;
                next++;
                continue;
            }
            if (star < 0)
                return false;
            (at, next) = (star + 1, ++taken);
        }
        return pattern[at..].Trim('*').IsEmpty;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, char character, out int length)
    {
        length = 1;
        if (pattern[0] is not '[' || pattern.IndexOf(']') is not (> 1 and var end))
            return pattern[0] is '?' || pattern[0] == character;
        length = end + 1;
        var set = pattern[1..end];
        for (var index = 0; index < set.Length; index++)
        {
            var last = index + 2 < set.Length && set[index + 1] is '-' ? set[index + 2] : set[index];
            if (character >= set[index] && character <= last)
                return true;
            if (last != set[index])
                index += 2;
        }
        return false;
    }
}
