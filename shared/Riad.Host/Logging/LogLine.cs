using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Riad.Host.Logging;

/// <summary>Turns a log event into one line: plain words, then facts as <c>key=value</c>.</summary>
/// <remarks>
/// Templates are written as they read: <c>"zone loaded zone={Zone} serial={Serial}"</c>. A value after '=' is quoted when
/// it holds a space, a quote or nothing at all; every value and every word loses its control characters.
/// </remarks>
internal static class LogLine
{
    private const string Template = "{OriginalFormat}";

    /// <summary>The line without its prefix and its end.</summary>
    public static string Format<TState>(TState state, Exception? exception, Func<TState, Exception?, string> fallback)
    {
        var line = new StringBuilder();
        if (state is IReadOnlyList<KeyValuePair<string, object?>> facts && TryGetTemplate(facts, out var template))
            AppendTemplate(line, template, facts);
        else
            AppendEscaped(line, fallback(state, exception));
        if (exception is not null)
            AppendException(line, exception);
        return line.ToString();
    }

    /// <summary>What stands before the line: systemd's level, or time and level.</summary>
    /// <param name="level">How important it is.</param>
    /// <param name="utc">When it happened.</param>
    /// <param name="toJournal">True when standard error goes to the journal, which keeps the time itself.</param>
    public static string Prefix(LogLevel level, DateTimeOffset utc, bool toJournal) => toJournal
        ? string.Create(CultureInfo.InvariantCulture, $"<{Severity(level)}>")
        : string.Create(CultureInfo.InvariantCulture, $"{utc.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Word(level)} ");

    // Source: syslog(3), sd-daemon(3).
    private static int Severity(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        LogLevel.Debug or LogLevel.Trace or LogLevel.None => 7,
    };

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        LogLevel.Debug or LogLevel.Trace or LogLevel.None => "debug",
    };

    private static bool TryGetTemplate(IReadOnlyList<KeyValuePair<string, object?>> facts, [NotNullWhen(true)] out string? template)
    {
        template = facts is [.., (Template, string text)] ? text : null;
        return template is not null;
    }

    private static void AppendTemplate(StringBuilder line, string template, IReadOnlyList<KeyValuePair<string, object?>> facts)
    {
        var next = 0;
        for (var index = 0; index < template.Length; index++)
        {
            var isHole = template[index] is '{' && index + 1 < template.Length && template[index + 1] is not '{';
            var end = isHole ? template.IndexOf('}', index) : -1;
            if (end < 0)
            {
                OneLine.Append(line, template[index]);
                // A doubled brace stands for one.
                if (template[index] is '{' or '}')
                    index++;
                continue;
            }
            var value = next < facts.Count - 1 ? Text(facts[next++].Value) : "";
            AppendValue(line, value, isFact: index > 0 && template[index - 1] is '=');
            index = end;
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "none",
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static void AppendValue(StringBuilder line, string value, bool isFact)
    {
        if (!isFact || (value.Length > 0 && value.AsSpan().IndexOfAny(" \"=") < 0))
        {
            AppendEscaped(line, value);
            return;
        }
        line.Append('"');
        AppendEscaped(line, value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));
        line.Append('"');
    }

    private static void AppendException(StringBuilder line, Exception exception)
    {
        line.Append(" exception=").Append(exception.GetType().Name).Append(" message=");
        AppendValue(line, exception.Message, isFact: true);
        if (exception.StackTrace is not { } trace)
            return;
        line.Append(" at=");
        AppendValue(line, string.Join(" < ", trace.Split('\n', StringSplitOptions.TrimEntries).Select(frame => frame.StartsWith("at ", StringComparison.Ordinal) ? frame[3..] : frame)), isFact: true);
    }

    private static void AppendEscaped(StringBuilder line, string text)
    {
        foreach (var character in text)
            OneLine.Append(line, character);
    }
}
