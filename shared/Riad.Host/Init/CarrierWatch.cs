using Riad.Net.Netlink;

namespace Riad.Host.Init;

/// <summary>Tells when an interface that lost its carrier has it again.</summary>
/// <remarks>The kernel counts, so that neither a loss that is over before we look is missed, nor the first carrier is taken for a second one.</remarks>
internal sealed class CarrierWatch(EthernetInterface card)
{
    private readonly Lock looking = new();
    private uint known = uint.MaxValue;

    /// <summary>What was until now is no news.</summary>
    public void Begin()
    {
        lock (looking)
            known = card.CarrierUps();
    }

    /// <summary>True when the carrier is there again.</summary>
    /// <param name="link">Of any interface.</param>
    public bool IsBack(RouteEvent.Link link)
    {
        if (link.Index != card.Index || !link.HasCarrier)
            return false;
        lock (looking)
        {
            if (link.CarrierUps <= known)
                return false;
            known = link.CarrierUps;
            return true;
        }
    }
}
