using Riad.Git.Protocol;

namespace Riad.Git.Io.Http;

/// <summary>Stores what is pushed when the policy for refs allows it, and looks at no content.</summary>
/// <param name="repository">Where to.</param>
/// <param name="policy">Which changes of refs are allowed.</param>
public sealed class StoreAllReceiver(Repository repository, RefPolicy policy) : IPushReceiver
{
    /// <inheritdoc/>
    public Task<PushReport> ReceiveAsync(PushRequest push, CancellationToken stop)
    {
        var settlement = new PushSettlement(repository, push);
        settlement.Refuse(policy);
        stop.ThrowIfCancellationRequested();
        return Task.FromResult(settlement.Settle());
    }
}
