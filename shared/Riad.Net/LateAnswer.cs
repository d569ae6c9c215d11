namespace Riad.Net;

/// <summary>Sends an answer to one datagram after its batch was handled, from the address that was asked. From any thread.</summary>
/// <param name="octets">The answer; copied before the call returns.</param>
/// <returns>False when it is too long for one piece: a shorter one may be tried. Whatever else befalls it, as on any network, stays unknown.</returns>
public delegate bool LateAnswer(ReadOnlySpan<byte> octets);
