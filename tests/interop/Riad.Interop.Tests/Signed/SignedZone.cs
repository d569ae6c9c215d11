using Riad.Interop.Tests.Peers;

namespace Riad.Interop.Tests.Signed;

/// <summary>A zone that ldns-signzone signed.</summary>
/// <param name="Zone">Its name and its file.</param>
/// <param name="Text">The file before it was signed.</param>
/// <param name="Key">Its DNSKEY record, the trust anchor.</param>
/// <param name="IsOptOut">True when insecure delegations are left out of its NSEC3 chain, so that nothing absent can be proved for sure.</param>
internal sealed record SignedZone(PeerZone Zone, string Text, string Key, bool IsOptOut)
{
    public string Name => Zone.Name;
}
