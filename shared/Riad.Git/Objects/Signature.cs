using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Riad.Git.Objects;

/// <summary>Who did something and when: an author, a committer or a tagger.</summary>
/// <remarks>Keeps its exact octets, so that what was read is written again as it was. Two are equal when their octets are.</remarks>
public sealed class Signature : IEquatable<Signature>
{
    private readonly ReadOnlyMemory<byte> octets;

    private Signature(ReadOnlyMemory<byte> octets, string name, string email, long seconds, int zoneMinutes) =>
        (this.octets, Name, Email, Seconds, ZoneMinutes) = (octets, name, email, seconds, zoneMinutes);

    /// <summary>The name; octets that are not UTF-8 appear as U+FFFD.</summary>
    public string Name { get; }

    /// <summary>What stands between the angle brackets.</summary>
    public string Email { get; }

    /// <summary>Seconds since 1970-01-01 00:00 UTC.</summary>
    public long Seconds { get; }

    /// <summary>Minutes by which the clock of the person was ahead of UTC.</summary>
    public int ZoneMinutes { get; }

    /// <summary>The moment as the person's clock showed it, kept within the years 1 to 9999 and a zone of 14 hours.</summary>
    public DateTimeOffset Time => Moment(Seconds).ToOffset(TimeSpan.FromMinutes(Math.Clamp(ZoneMinutes, -14 * 60, 14 * 60)));

    /// <summary>The exact octets: <c>Name &lt;email&gt; seconds zone</c>.</summary>
    public ReadOnlySpan<byte> Octets => octets.Span;

    /// <summary>Makes a signature.</summary>
    /// <param name="name">Not empty, without <c>&lt; &gt;</c>, line ends and zeros.</param>
    /// <param name="email">May be empty; without <c>&lt; &gt;</c>, line ends and zeros.</param>
    /// <param name="time">When, with the person's zone. Not before 1970; parts of a second are dropped.</param>
    /// <param name="signature">Null when false is returned.</param>
    public static bool TryCreate(string name, string email, DateTimeOffset time, [NotNullWhen(true)] out Signature? signature)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(email);
        signature = null;
        var seconds = time.ToUnixTimeSeconds();
        if (name.Trim().Length == 0 || !IsClean(name) || !IsClean(email) || seconds < 0)
            return false;
        var zone = (int)time.Offset.TotalMinutes;
        var text = string.Create(CultureInfo.InvariantCulture, $"{name.Trim()} <{email}> {seconds} {(zone < 0 ? '-' : '+')}{Math.Abs(zone) / 60:00}{Math.Abs(zone) % 60:00}");
        return TryParse(Encoding.UTF8.GetBytes(text), out signature, out _);
    }

    /// <summary>Reads a signature as it stands in a header, without the line end.</summary>
    /// <remarks>
    /// As lenient as git is when it shows a log: a missing name or zone is allowed. <see cref="ObjectCheck"/> is strict.
    /// </remarks>
    public static bool TryParse(ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out Signature? signature, out ObjectError error)
    {
        signature = null;
        var span = octets.Span;
        var (open, close) = (span.IndexOf((byte)'<'), span.LastIndexOf((byte)'>'));
        if (open < 0)
            return Fail(ObjectFault.MissingEmail, span.Length, out error);
        if (close < open)
            return Fail(ObjectFault.BadEmail, span.Length, out error);
        var date = span[(close + 1)..].TrimStart((byte)' ');
        if (!Utf8Parser.TryParse(date, out long seconds, out var used))
            return Fail(ObjectFault.BadDate, close + 1, out error);
        error = default;
        signature = new(
            octets,
            Encoding.UTF8.GetString(span[..open].Trim((byte)' ')),
            Encoding.UTF8.GetString(span[(open + 1)..close]),
            seconds,
            ParseZone(date[used..].Trim((byte)' ')));
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Signature? other) => other is not null && Octets.SequenceEqual(other.Octets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Signature);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Seconds ^ octets.Length;

    /// <summary>The text as it stands in a header.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Octets);

    private static bool Fail(ObjectFault fault, int offset, out ObjectError error)
    {
        error = new(fault, offset);
        return false;
    }

    private static bool IsClean(string text) => text.AsSpan().IndexOfAny("<>\n\r\0") < 0;

    private static int ParseZone(ReadOnlySpan<byte> zone)
    {
        if (!Utf8Parser.TryParse(zone, out int value, out var used) || used != zone.Length || Math.Abs((long)value) > 9999)
            return 0;
        return (value / 100 * 60) + (value % 100);
    }

    private static DateTimeOffset Moment(long seconds) => DateTimeOffset.FromUnixTimeSeconds(
        Math.Clamp(seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds() + 86_400, DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 86_400));
}
