using Riad.Core;

namespace Riad.Net;

/// <summary>What was received.</summary>
/// <param name="Length">Octets written into the caller's space.</param>
/// <param name="Source">Who sent it.</param>
public readonly record struct ReceivedDatagram(int Length, IpEndpoint Source);
