using Microsoft.Extensions.Logging;

namespace Riad.Host;

/// <summary>Opens values that are read from files.</summary>
public static class ReloadedFile
{
    /// <summary>Reads the files for the first time.</summary>
    /// <param name="read">Reads them; throws <see cref="OperatorException"/> when they do not hold a value.</param>
    /// <param name="log">Where a change, or a bad change, is reported.</param>
    /// <param name="files">The files to watch, at least one.</param>
    /// <typeparam name="T">What the files hold; immutable.</typeparam>
    /// <exception cref="OperatorException">The files do not hold a value.</exception>
    public static ReloadedFile<T> Open<T>(Func<T> read, ILogger log, params FileInfo[] files) where T : class => new(read, files, log);
}

/// <summary>A value that is read from files and read again when one of them changes. A bad new file never replaces a good value.</summary>
/// <typeparam name="T">What the files hold; immutable.</typeparam>
public sealed class ReloadedFile<T> where T : class
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly Func<T> read;
    private readonly FileInfo[] files;
    private readonly ILogger log;
    private Action<T> changed = static _ => { };
    private T current;
    private string seen;

    internal ReloadedFile(Func<T> read, FileInfo[] files, ILogger log)
    {
        this.read = read;
        this.files = files;
        this.log = log;
        // Looked at before reading: a change in between is found by the next look.
        seen = Look();
        current = read();
    }

    /// <summary>The last good value.</summary>
    public T Current => Volatile.Read(ref current);

    /// <summary>Adds what happens after a new value took the place of the old one. To be called before <see cref="WatchAsync"/>.</summary>
    public void OnChange(Action<T> handle) => changed += handle;

    /// <summary>Looks every two seconds, until the token is cancelled.</summary>
    public async Task WatchAsync(TimeProvider clock, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stop))
            Check();
    }

    /// <summary>Looks now, and reads when something changed.</summary>
    public void Check()
    {
        var look = Look();
        if (look == seen)
            return;
        var (next, fault) = Read();
        // It is being written in its place: what was read may be a part of it. The next look finds it again.
        if (Look() != look)
            return;
        seen = look;
        if (next is null)
        {
            log.LogError("a changed file is not usable, what was read before stays file={File} reason={Reason}", files[0], fault);
            return;
        }
        Volatile.Write(ref current, next);
        log.LogInformation("read again file={File}", files[0]);
        changed(next);
    }

    private (T? Value, string? Fault) Read()
    {
        try
        {
            return (read(), null);
        }
        catch (OperatorException exception)
        {
            return (null, exception.Message);
        }
    }

    private string Look() => string.Join('|', files.Select(file =>
    {
        try
        {
            // A link's target is what changes when a certificate is renewed.
            var target = File.ResolveLinkTarget(file.FullName, returnFinalTarget: true) as FileInfo ?? new FileInfo(file.FullName);
            return FormattableString.Invariant($"{target.FullName}:{target.Length}:{target.LastWriteTimeUtc.Ticks}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "none";
        }
    }));
}
