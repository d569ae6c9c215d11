using System.Globalization;
using System.Text;

namespace Riad.Host.Init;

/// <summary>What the service said before it ended without being asked to, kept on the disk.</summary>
/// <remarks>The newest twenty are kept, so that a service that keeps ending does not fill the disk. Their names begin with a number that only grows.</remarks>
internal sealed class CrashLog(string folder, MachineLog log)
{
    private const int MaxLines = 200, MaxFiles = 20;

    private readonly Lock collecting = new();
    private readonly Queue<string> lines = new();

    /// <summary>Takes a line of the service; the last two hundred are remembered.</summary>
    /// <param name="line">As <see cref="LineReader"/> cuts them.</param>
    public void Add(string line)
    {
        lock (collecting)
        {
            lines.Enqueue(line);
            if (lines.Count > MaxLines)
                lines.Dequeue();
        }
    }

    /// <summary>Forgets what was remembered: the end was none that anybody asks about.</summary>
    public void Forget()
    {
        lock (collecting)
            lines.Clear();
    }

    /// <summary>Writes what was remembered, and forgets it.</summary>
    /// <param name="how">How it ended, in one sentence.</param>
    /// <param name="when">By the calendar.</param>
    public void Write(string how, DateTimeOffset when)
    {
        string text;
        lock (collecting)
        {
            text = new StringBuilder().Append(how).Append('\n').AppendJoin('\n', lines).Append('\n').ToString();
            lines.Clear();
        }
        try
        {
            Directory.CreateDirectory(folder);
            var files = Directory.EnumerateFiles(folder).OrderByDescending(NumberOf).ToList();
            foreach (var old in files.Skip(MaxFiles - 1))
                File.Delete(old);
            var number = files.Select(NumberOf).FirstOrDefault() + 1;
            var name = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number:000000}-{when.UtcDateTime:yyyy-MM-dd'T'HH-mm-ss'Z'}.log"));
            using var file = new FileStream(name, FileMode.Create);
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
            log.Say($"what the service said last lies in {name}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Say($"the end of the service cannot be kept: {exception.Message}");
        }
    }

    // Counted and not ordered by time: a machine without a clock begins in 1970.
    private static long NumberOf(string path)
    {
        var digits = Path.GetFileName(path.AsSpan());
        return long.TryParse(digits[..(digits.IndexOf('-') is > 0 and <= 18 and var end ? end : 0)], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
