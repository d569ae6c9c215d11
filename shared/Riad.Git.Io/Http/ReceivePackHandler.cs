using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using Riad.Git.Io.Files;
using Riad.Git.Packs;
using Riad.Git.Protocol;

namespace Riad.Git.Io.Http;

/// <summary>Answers <c>POST git-receive-pack</c>: takes the pack into quarantine, asks the receiver, and reports.</summary>
internal sealed partial class ReceivePackHandler(Repository repository, IPushReceiver receiver, GitHttpLimits limits, PackLimits packLimits, ILogger log)
{
    public async Task HandleAsync(HttpContext context, PipeReader body)
    {
        // There are few turns, and a client that sends by drops would keep one. Over HTTP/2 the connection has one rate, and
        // Kestrel throws when a request wants its own.
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = new MinDataRate(limits.LeastPushRate, limits.PushGrace);
        var (request, error) = await ReadFrontAsync(body, context.RequestAborted);
        if (request is null)
        {
            await GitAnswer.SentenceAsync(context, StatusCodes.Status400BadRequest, $"This push is not understood: {error}");
            return;
        }
        GitAnswer.Begin(context, "application/x-git-receive-pack-result");
        if (request.Commands.IsEmpty)
            return;
        var report = await ReceiveAsync(context, body, request);
        if (request.WantsReport)
            WriteReport(context.Response.BodyWriter, report, request.HasSideBand);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private async Task<(ReceiveRequest? Request, ProtocolError? Error)> ReadFrontAsync(PipeReader body, CancellationToken stop)
    {
        var engine = new ReceiveRequestReader();
        var error = await RequestLines.ReadAsync(body, limits.MaxLinesOctets, Step, stop);
        ReceiveRequest? request = null;
        return error is null && engine.TryFinish(out request, out error) ? (request, null) : (null, error);

        bool Step(PktLineKind kind, ReadOnlySpan<byte> payload)
        {
            engine.Step(kind, payload);
            return engine.Ended;
        }
    }

    private async Task<PushReport> ReceiveAsync(HttpContext context, PipeReader body, ReceiveRequest request)
    {
        using var quarantine = repository.BeginQuarantine(packLimits, limits.MaxPackOctets);
        var pump = new ProgressPump(context.Response.BodyWriter, request.HasSideBand ? SideBandWriter.LargePayloadOctets : 0, limits.KeepAlive);
        var stop = context.RequestAborted;
        var pack = new BoundedStream(body.AsStream(leaveOpen: true), limits.MaxPackOctets);
        var unpacking = request.HasPack ? UnpackAsync(quarantine, pack, stop) : Task.FromResult<string?>(null);
        // Not a word before the client has said everything: proxies do not expect an answer to half a request.
        await Task.WhenAny(unpacking, pack.Ended);
        if (unpacking.IsCompletedSuccessfully && await unpacking is not null)
            await RequestBody.DiscardAsync(body, limits.MaxDiscardedOctets, stop);
        return await pump.RunAsync(
            async say => await unpacking is { } fault
                ? PushReport.NotUnpacked(fault, request.Commands)
                : await DecideAsync(new(request, quarantine, ClientOf(context), say), stop),
            stop);
    }

    private async Task<string?> UnpackAsync(Quarantine quarantine, BoundedStream pack, CancellationToken stop)
    {
        try
        {
            var error = await quarantine.ReceiveAsync(pack, stop);
            if (pack.IsExceeded)
                return FormattableString.Invariant($"the pack is larger than {limits.MaxPackOctets / (1 << 20)} MiB, the most that this server takes at once");
            if (error.Fault is PackFault.Collision)
                LogCollision(error.ToString());
            return error.Fault is PackFault.None ? null : error.ToString();
        }
        catch (DiskFullException full)
        {
            LogDiskFull(full.Message);
            return full.Message;
        }
        catch (InvalidDataException)
        {
            return "the compressed body cannot be unpacked";
        }
    }

    private async Task<PushReport> DecideAsync(PushRequest push, CancellationToken stop)
    {
        try
        {
            // On a thread of its own: a receiver may compute for long, and the person shall see its words meanwhile.
            return await Task.Run(() => receiver.ReceiveAsync(push, stop), stop);
        }
        catch (DiskFullException full)
        {
            LogDiskFull(full.Message);
            return PushReport.Refused(full.Message, push.Commands);
        }
        catch (RepositoryDamagedException damaged)
        {
            LogDamage(damaged.Message);
            return PushReport.Refused(damaged.Message, push.Commands);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailure(exception);
            return PushReport.Refused("the server failed; its log says why", push.Commands);
        }
    }

    private static void WriteReport(PipeWriter output, PushReport report, bool hasSideBand)
    {
        if (!hasSideBand)
        {
            report.Write(new(output));
            return;
        }
        var lines = new ArrayBufferWriter<byte>();
        report.Write(new(lines));
        new SideBandWriter(output, SideBandWriter.LargePayloadOctets).WriteData(lines.WrittenSpan);
        new PktLineWriter(output).WriteFlush();
    }

    private static PushClient ClientOf(HttpContext context) =>
        new(context.Connection.RemoteIpAddress, context.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : null);

    [LoggerMessage(Level = LogLevel.Error, Message = "push refused: {Error}")]
    private partial void LogCollision(string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "push refused: {Error}")]
    private partial void LogDiskFull(string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "push refused: {Error}")]
    private partial void LogDamage(string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "push failed")]
    private partial void LogFailure(Exception exception);
}
