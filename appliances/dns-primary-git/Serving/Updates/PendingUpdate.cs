using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Updates;
using Riad.ZoneRepository.Updates;

namespace Riad.DnsPrimaryGit.Serving.Updates;

/// <summary>An update that waits for its turn, and then for the disk.</summary>
internal sealed class PendingUpdate(UpdateMessage message, UpdateOrigin origin, Func<DomainName, ushort, bool> isGranted)
{
    private readonly TaskCompletionSource<ResponseCode> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public UpdateMessage Message => message;

    public UpdateOrigin Origin => origin;

    public Func<DomainName, ushort, bool> IsGranted => isGranted;

    /// <summary>What it came to in the group that was judged last.</summary>
    public UpdateOutcome? Outcome { get; set; }

    /// <summary>Ends once what the update changed is stored and served.</summary>
    public Task<ResponseCode> Answer => answer.Task;

    public void Finish(ResponseCode code) => answer.TrySetResult(code);
}
