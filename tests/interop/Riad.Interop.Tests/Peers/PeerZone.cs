namespace Riad.Interop.Tests.Peers;

/// <summary>A zone that is given to every server alike.</summary>
/// <param name="Name">Without the final dot.</param>
/// <param name="File">The path of its master file.</param>
internal sealed record PeerZone(string Name, string File);
