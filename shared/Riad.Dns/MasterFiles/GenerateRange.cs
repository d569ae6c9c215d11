using System.Buffers.Text;

namespace Riad.Dns.MasterFiles;

/// <summary>The numbers that a $GENERATE counts through.</summary>
/// <param name="Start">The first.</param>
/// <param name="Stop">None is larger.</param>
/// <param name="Step">At least 1.</param>
internal readonly record struct GenerateRange(int Start, int Stop, int Step)
{
    /// <summary>How many there are; at least one.</summary>
    public long Count => (((long)Stop - Start) / Step) + 1;

    /// <summary>Reads "start-stop" or "start-stop/step".</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out GenerateRange range)
    {
        range = default;
        if (!TryTake(ref text, out var start) || text is not [(byte)'-', ..])
            return false;
        text = text[1..];
        if (!TryTake(ref text, out var stop) || stop < start)
            return false;
        var step = 1;
        if (text is [(byte)'/', ..])
        {
            text = text[1..];
            if (!TryTake(ref text, out step) || step == 0)
                return false;
        }
        range = new(start, stop, step);
        return text.IsEmpty;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        if (text is not [>= (byte)'0' and <= (byte)'9', ..] || !Utf8Parser.TryParse(text, out number, out var length))
            return false;
        text = text[length..];
        return true;
    }
}
