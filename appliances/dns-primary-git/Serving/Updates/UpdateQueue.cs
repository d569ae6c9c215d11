using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Updates;
using Riad.ZoneRepository.Updates;

namespace Riad.DnsPrimaryGit.Serving.Updates;

/// <summary>Takes updates one after another. Those that come while others are being stored wait, and are then stored together.</summary>
/// <remarks>So the rate of updates grows with the number of clients, though each is answered only once it is on the disk.</remarks>
internal sealed class UpdateQueue(ZoneKeeper keeper, UpdateMeter meter, TimeProvider clock, ILogger log)
{
    private const int MaxWaiting = 1024;
    private const int MaxGroup = 128;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1); // little beside what storing a group takes

    private readonly Channel<PendingUpdate> waiting = Channel.CreateBounded<PendingUpdate>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <summary>Has an update judged, stored and served.</summary>
    /// <returns>What the client is told: SERVFAIL when it could not be stored, or too many wait already.</returns>
    public async Task<ResponseCode> UpdateAsync(UpdateMessage message, UpdateOrigin origin, Func<DomainName, ushort, bool> isGranted)
    {
        var update = new PendingUpdate(message, origin, isGranted);
        if (waiting.Writer.TryWrite(update))
            return await update.Answer;
        Report(update, ResponseCode.ServerFailure, "too many updates wait already");
        return ResponseCode.ServerFailure;
    }

    /// <summary>Serves until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var (group, before) = (new List<PendingUpdate>(MaxGroup), 0);
        while (await waiting.Reader.WaitToReadAsync(stop))
        {
            group.Clear();
            TakeWaiting(group);
            // Clients that were answered together come back together: those that are a little late are waited for.
            if (group.Count < before)
            {
                await Task.Delay(Gathering, clock, stop);
                TakeWaiting(group);
            }
            before = group.Count;
            await ServeAsync(group, stop);
        }
    }

    private void TakeWaiting(List<PendingUpdate> group)
    {
        while (group.Count < MaxGroup && waiting.Reader.TryRead(out var next))
            group.Add(next);
    }

    private async Task ServeAsync(List<PendingUpdate> group, CancellationToken stop)
    {
        string? fault;
        try
        {
            fault = await keeper.UpdateAsync(judged => group.ForEach(update => update.Outcome = judged.Apply(update.Message, update.Origin, update.IsGranted)), stop);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A fault of ours in one update must not end the others' service; the log has what is needed to mend it.
            log.LogError(exception, "updates could not be judged");
            fault = "a fault of this server";
        }
        meter.Stored(group.Count(update => fault is null && update.Outcome is UpdateOutcome.Committed));
        foreach (var update in group)
        {
            var (code, reason) = (update.Outcome, fault) switch
            {
                (UpdateOutcome.Refused refused, _) when fault is null || !DependsOnOthers(refused.Code) => (refused.Code, refused.Reason),
                (UpdateOutcome.WithoutEffect, null) => (ResponseCode.NoError, "no effect"),
                (UpdateOutcome.Committed committed, null) => (ResponseCode.NoError, committed.Subject),
                (_, { } why) => (ResponseCode.ServerFailure, why),
                _ => throw new UnreachableException(),
            };
            Report(update, code, reason);
            update.Finish(code);
        }
    }

    /// <summary>True when an update of the same group, which was not stored, may be the reason.</summary>
    private static bool DependsOnOthers(ResponseCode code) =>
        code is ResponseCode.NameError or ResponseCode.NameExists or ResponseCode.SetMissing or ResponseCode.SetExists or ResponseCode.Refused;

    private void Report(PendingUpdate update, ResponseCode code, string reason)
    {
        meter.Answered(code);
        var level = code is ResponseCode.NoError ? LogLevel.Debug : LogLevel.Information;
        log.Log(
            level, "update zone={Zone} client={Client} key={Key} answer={Answer} reason={Reason}",
            update.Message.Zone, update.Origin.Client, update.Origin.Key?.ToString() ?? "none", ResponseCodeLabel.Of(code), reason);
    }
}
