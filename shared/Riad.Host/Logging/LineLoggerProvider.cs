using Microsoft.Extensions.Logging;

namespace Riad.Host.Logging;

/// <summary>Writes every event as one line, at once, to one writer.</summary>
/// <remarks>There is no queue: what was logged before a crash was written before the crash.</remarks>
internal sealed class LineLoggerProvider(TextWriter writer, LogLevel least, bool toJournal, TimeProvider clock) : ILoggerProvider
{
    private readonly Lock writing = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LineLogger(this, LeastOf(categoryName));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    // What the frameworks report as information is none to an operator, and what hosting says when it cannot start we say better.
    private LogLevel LeastOf(string category) =>
        category.StartsWith("Microsoft.Extensions.Hosting.", StringComparison.Ordinal) ? LogLevel.None
        : category.StartsWith("Microsoft.", StringComparison.Ordinal) && least > LogLevel.Debug ? (LogLevel)Math.Max((int)least, (int)LogLevel.Warning)
        : least;

    private void Write(LogLevel level, string text)
    {
        var line = LogLine.Prefix(level, clock.GetUtcNow(), toJournal) + text + "\n";
        lock (writing)
        {
            writer.Write(line);
            writer.Flush();
        }
    }

    private sealed class LineLogger(LineLoggerProvider provider, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                provider.Write(logLevel, LogLine.Format(state, exception, formatter));
        }
    }
}
