using Riad.Core;

namespace Riad.Dns.Io.Tests.Transfers;

/// <summary>Always the same octets.</summary>
internal sealed class FixedRandom : IRandom
{
    public void Fill(Span<byte> octets) => octets.Fill(0x42);
}
