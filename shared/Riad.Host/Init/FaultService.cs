using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging;
using Riad.Core;
using Riad.Host.Http;
using Riad.Host.Logging;
using Riad.Host.Settings;

namespace Riad.Host.Init;

/// <summary>Stands in for the service of a machine that cannot run as it was set: it says why, on the console and over HTTP, and waits.</summary>
/// <remarks>A machine that restarted instead would say it a thousand times, and nobody could read it.</remarks>
internal sealed class FaultService(string name, CommonSettings common, Surroundings surroundings)
{
    private static readonly TimeSpan UntilNextTry = TimeSpan.FromMinutes(1);
    private static readonly ImmutableArray<IpEndpoint> Anywhere = [new(default, 80), new(new(default(IPv6Address)), 80)];

    /// <summary>Waits until the machine stops; or, with what may have changed by itself, for a minute.</summary>
    /// <param name="sentences">What is wrong and what to do about it, a line each.</param>
    /// <param name="code">What the service would have ended with.</param>
    public async Task<int> RunAsync(IEnumerable<string> sentences, int code)
    {
        var text = string.Join('\n', sentences.Select(sentence => $"{name} does not run: {OneLine.Escape(sentence)}"));
        using var writer = new LineLoggerProvider(surroundings.Error, LogLevel.Error, surroundings.IsJournal, surroundings.Clock);
        using var logs = new LoggerFactory([writer]);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var signals = surroundings.ListenToSignals(_ => stopped.TrySetResult());
        await using var http = new HttpSurface(Endpoints(), certificate: null, logs);
        http.Mount("/", context => PlainAnswer.WriteAsync(context, 503, text));
        surroundings.Error.WriteLine(text);
        surroundings.Error.Flush();
        try
        {
            await http.OpenAsync(CancellationToken.None);
            surroundings.Output.WriteLine("waiting: " + string.Join(", ", http.Urls));
        }
        catch (OperatorException exception)
        {
            surroundings.Error.WriteLine(exception.Message);
        }
        surroundings.Output.Flush();
        var isSettled = code == ExitCode.BadArguments;
        await Task.WhenAny(stopped.Task, Task.Delay(isSettled ? Timeout.InfiniteTimeSpan : UntilNextTry, surroundings.Clock));
        return stopped.Task.IsCompleted ? ExitCode.Done : code;
    }

    // Where the service would have spoken HTTP, if that can be read.
    private ImmutableArray<IpEndpoint> Endpoints() =>
        surroundings.Elsewhere.TryFind(common.Http, out _, out var texts) && common.Http.TryRead(texts, out var value, out _) ? (ImmutableArray<IpEndpoint>)value! : Anywhere;
}
