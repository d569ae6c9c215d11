using System.Security.Cryptography;
using Riad.Core;

namespace Riad.Host;

/// <summary>The operating system's random octets.</summary>
public sealed class SystemRandom : IRandom
{
    /// <inheritdoc/>
    public void Fill(Span<byte> octets) => RandomNumberGenerator.Fill(octets);
}
