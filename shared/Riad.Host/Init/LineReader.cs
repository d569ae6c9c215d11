using System.Text;

namespace Riad.Host.Init;

/// <summary>Reads lines from a writer who is not trusted to end them: a longer one is cut, so that it takes no memory.</summary>
/// <param name="source">UTF-8; lines end as they do anywhere. What is no UTF-8, or was cut within a character, becomes U+FFFD.</param>
internal sealed class LineReader(Stream source)
{
    /// <summary>In octets; a character takes one or more.</summary>
    public const int MaxLineLength = 4096;

    private const byte LineFeed = (byte)'\n', CarriageReturn = (byte)'\r';

    // One more than a line, so that the end of a line of full length is seen with it.
    private readonly byte[] buffer = new byte[MaxLineLength + 1];
    private int start, end;
    private bool isAfterReturn;

    /// <summary>The next line without its end; null at the end of everything.</summary>
    public async Task<string?> ReadAsync()
    {
        while (true)
        {
            if (Cut() is { } line)
                return line;
            buffer.AsSpan(start..end).CopyTo(buffer);
            (start, end) = (0, end - start);
            var length = await source.ReadAsync(buffer.AsMemory(end), CancellationToken.None);
            if (length == 0)
                return end == 0 ? null : Take(end, 0);
            end += length;
        }
    }

    private string? Cut()
    {
        if (isAfterReturn && start < end)
        {
            start += buffer[start] == LineFeed ? 1 : 0;
            isAfterReturn = false;
        }
        var length = buffer.AsSpan(start..end).IndexOfAny(LineFeed, CarriageReturn);
        if (length < 0)
            return end - start > MaxLineLength ? Take(MaxLineLength, 0) : null;
        isAfterReturn = buffer[start + length] == CarriageReturn;
        return Take(length, 1);
    }

    private string Take(int length, int ending)
    {
        var line = Encoding.UTF8.GetString(buffer.AsSpan(start, length));
        start += length + ending;
        return line;
    }
}
