using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using Riad.Git.Io.Storage;
using Riad.Git.Objects;
using Riad.Git.Packs;
using Riad.Git.Protocol;

namespace Riad.Git.Io.Http;

/// <summary>Answers <c>POST git-upload-pack</c>: listings, negotiation and packs.</summary>
internal sealed partial class UploadPackHandler(Func<RefListing> list, Repository repository, GitHttpLimits limits, ILogger log) : IDisposable
{
    private readonly RequestTurns requests = new(limits.MaxUploadRequests, limits.Turn);
    private readonly RequestTurns turns = new(limits.MaxUploads, limits.Turn);

    /// <summary>Reads the request, and answers it in its turn: one that comes by drops holds one of many places to be read in, and none of the turns.</summary>
    /// <remarks>Who holds all of those places still keeps others waiting, for as long as a request may take to come.</remarks>
    public Task HandleAsync(HttpContext context, PipeReader body, ProtocolVersion version) => requests.RunAsync(context, async () =>
    {
        if (await ReadAsync(context, body, version) is { } answer)
            await turns.RunAsync(context, answer);
    });

    public void Dispose()
    {
        requests.Dispose();
        turns.Dispose();
    }

    /// <summary>Reads the request.</summary>
    /// <returns>What answers it; null when it was refused already.</returns>
    private async Task<Func<Task>?> ReadAsync(HttpContext context, PipeReader body, ProtocolVersion version)
    {
        GitAnswer.Begin(context, "application/x-git-upload-pack-result");
        // A client that takes the pack by drops keeps others from their turn.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = new MinDataRate(limits.LeastUploadRate, limits.UploadGrace);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        stop.CancelAfter(limits.UploadLinesTime);
        try
        {
            return version is ProtocolVersion.V2 ? await ReadCommandAsync(context, body, stop.Token) : await ReadRequestAsync(context, body, stop.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            await GitAnswer.SentenceAsync(context, StatusCodes.Status408RequestTimeout, FormattableString.Invariant($"The request did not come within {limits.UploadLinesTime.TotalSeconds} seconds; try again over a faster connection."));
            return null;
        }
    }

    private async Task<Func<Task>?> ReadRequestAsync(HttpContext context, PipeReader body, CancellationToken stop)
    {
        var engine = new UploadRequestReader();
        var error = await RequestLines.ReadAsync(body, limits.MaxUploadLinesOctets, Step, stop);
        UploadRequest? request = null;
        if (error is not null || !engine.TryFinish(out request, out error))
        {
            await GitAnswer.ErrorAsync(context, $"upload-pack: {error}");
            return null;
        }
        return () =>
        {
            var lines = new ArrayBufferWriter<byte>();
            return AnswerAsync(context, lines, NewSession().Answer(new(lines), request), endsWithFlush: request.SideBandOctets > 0);
        };

        bool Step(PktLineKind kind, ReadOnlySpan<byte> payload)
        {
            engine.Step(kind, payload);
            return engine.Ended;
        }
    }

    private UploadSession NewSession() => new(new SessionObjects(repository.Database), list());

    private async Task<Func<Task>?> ReadCommandAsync(HttpContext context, PipeReader body, CancellationToken stop)
    {
        var engine = new CommandRequestReader();
        var error = await RequestLines.ReadAsync(body, limits.MaxUploadLinesOctets, Step, stop);
        CommandRequest? command = null;
        if (error is not null || !engine.TryFinish(out command, out error))
        {
            await GitAnswer.ErrorAsync(context, $"upload-pack: {error}");
            return null;
        }
        return command is null ? null : () => AnswerAsync(context, command);

        bool Step(PktLineKind kind, ReadOnlySpan<byte> payload)
        {
            engine.Step(kind, payload);
            return engine.Ended;
        }
    }

    private async Task AnswerAsync(HttpContext context, CommandRequest command)
    {
        var lines = new ArrayBufferWriter<byte>();
        switch (command)
        {
            case CommandRequest.ListRefs listing:
                RefsAnswer.Write(new(lines), listing, list());
                break;
            case CommandRequest.ObjectInformation objects:
                NewSession().Answer(new(lines), objects);
                break;
            case CommandRequest.Fetch(var request):
                await AnswerAsync(context, lines, NewSession().AnswerFetch(new(lines), request), endsWithFlush: true);
                return;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
        await context.Response.BodyWriter.WriteAsync(lines.WrittenMemory, context.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext context, ArrayBufferWriter<byte> lines, UploadAnswer answer, bool endsWithFlush)
    {
        if (answer.Fault is { } fault)
        {
            await GitAnswer.ErrorAsync(context, fault);
            return;
        }
        var output = context.Response.BodyWriter;
        await output.WriteAsync(lines.WrittenMemory, context.RequestAborted);
        if (answer.Request is { } request && await SendPackAsync(output, answer, request, context.RequestAborted) && endsWithFlush)
            new PktLineWriter(output).WriteFlush();
        await output.FlushAsync(context.RequestAborted);
    }

    private async Task<bool> SendPackAsync(PipeWriter output, UploadAnswer answer, UploadRequest request, CancellationToken stop)
    {
        var pump = new ProgressPump(output, request.SideBandOctets, limits.KeepAlive);
        var (selection, missing) = await pump.RunAsync(say => Task.Run(() => Select(answer, request.NoProgress ? static _ => { } : say), stop), stop);
        if (selection is null)
        {
            LogDamage(missing.ToString());
            var sentence = $"upload-pack: the repository is damaged: object {missing} is missing\n";
            if (request.SideBandOctets > 0)
                new SideBandWriter(output, request.SideBandOctets).WriteFatal(sentence);
            return false;
        }
        var pack = new PackOutput(output, request.SideBandOctets);
        var options = new PackWriterOptions { UseOffsets = request.OffsetDeltas };
        using var writer = new PackWriter(repository, request.ThinPack ? options with { ThinBases = selection.ClientHas } : options);
        foreach (var piece in writer.Write(selection.Objects))
            await pack.WriteAsync(piece, stop);
        await pack.FlushAsync(stop);
        return true;
    }

    private static (PackSelection? Selection, ObjectId Missing) Select(UploadAnswer answer, Action<string> say)
    {
        if (answer.TrySelect(out var selection, out var missing))
            say(FormattableString.Invariant($"Counting objects: {selection.Objects.Count}, done.\n"));
        return (selection, missing);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the repository is damaged: object {Missing} is missing")]
    private partial void LogDamage(string missing);
}
