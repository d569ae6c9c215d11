using Riad.Core;
using Riad.Dns.Messages;

namespace Riad.Dns.Notify;

/// <summary>How it stands with one server, for people.</summary>
/// <param name="Endpoint">Which.</param>
/// <param name="Waiting">Zones of which it was not told yet, or did not answer yet.</param>
/// <param name="Attempts">The most messages that one of them took until now.</param>
/// <param name="GaveUp">Zones given up since it answered last.</param>
/// <param name="RefusedWith">What it answered last, when that was an error; else null.</param>
public sealed record NotifyPeer(IpEndpoint Endpoint, int Waiting, int Attempts, int GaveUp, ResponseCode? RefusedWith)
{
    /// <summary>True when a person should look: it is silent for three messages, was given up, or refuses.</summary>
    public bool IsTroubled => GaveUp > 0 || Attempts >= 3 || RefusedWith is not null;
}
