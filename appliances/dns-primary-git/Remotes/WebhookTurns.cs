using Riad.Core;
using Riad.Host.Http;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>How many webhooks are read at once: so many in all, and fewer of one network, so that nobody takes the turns of everybody. Safe from any thread.</summary>
/// <remarks>Loopback is not one client: a proxy that nobody named may stand there.</remarks>
internal sealed class WebhookTurns(int most, int mostOfNetwork)
{
    private readonly Lock gate = new();
    private readonly Dictionary<IpAddress, int> taken = [];
    private int all;

    /// <summary>Takes a turn; false when there is none.</summary>
    public bool TryTake(IpAddress client)
    {
        var network = client.ClientNetwork();
        lock (gate)
        {
            var count = taken.GetValueOrDefault(network);
            if (all >= most || (count >= mostOfNetwork && !client.IsLoopback))
                return false;
            taken[network] = count + 1;
            all++;
            return true;
        }
    }

    /// <summary>Gives a turn back.</summary>
    public void Release(IpAddress client)
    {
        var network = client.ClientNetwork();
        lock (gate)
        {
            all--;
            if (--taken[network] == 0)
                taken.Remove(network);
        }
    }
}
