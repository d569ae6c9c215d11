namespace Riad.Git.Objects;

/// <summary>The strict form of an author, committer or tagger line.</summary>
internal static class SignatureCheck
{
    private const int ZoneLength = 5;

    /// <summary>Checks the line at <paramref name="place"/>, which excludes the line end.</summary>
    public static ObjectError Check(ReadOnlySpan<byte> content, Range place)
    {
        var start = place.Start.Value;
        var line = content[place];
        var open = line.IndexOfAny((byte)'<', (byte)'>');
        if (open < 0)
            return new(ObjectFault.MissingEmail, start + line.Length);
        if (line[open] == '>')
            return new(ObjectFault.BadName, start + open);
        if (open == 0)
            return new(ObjectFault.MissingNameBeforeEmail, start);
        if (line[open - 1] != ' ')
            return new(ObjectFault.MissingSpaceBeforeEmail, start + open);
        var afterOpen = line[(open + 1)..];
        var close = afterOpen.IndexOfAny((byte)'<', (byte)'>');
        if (close < 0 || afterOpen[close] != '>')
            return new(ObjectFault.BadEmail, start + open + 1);
        var date = open + close + 2;
        if (date == line.Length || line[date] != ' ')
            return new(ObjectFault.MissingSpaceBeforeDate, start + date);
        return CheckDate(line[(date + 1)..], start + date + 1);
    }

    private static ObjectError CheckDate(ReadOnlySpan<byte> date, int offset)
    {
        var digits = date.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (date is [(byte)'0', not (byte)' ', ..])
            return new(ObjectFault.ZeroPaddedDate, offset);
        if (digits <= 0 || date[digits] != ' ')
            return new(ObjectFault.BadDate, offset);
        if (!System.Buffers.Text.Utf8Parser.TryParse(date[..digits], out long _, out var used) || used != digits)
            return new(ObjectFault.BadDateOverflow, offset);
        var zone = date[(digits + 1)..];
        var good = zone.Length == ZoneLength && zone[0] is (byte)'+' or (byte)'-' && !zone[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        return good ? default : new(ObjectFault.BadTimezone, offset + digits + 1);
    }
}
