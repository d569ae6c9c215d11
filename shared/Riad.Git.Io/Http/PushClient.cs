using System.Net;

namespace Riad.Git.Io.Http;

/// <summary>Who pushes.</summary>
/// <param name="Address">The client's address, as whoever is in front of the handler found it; null when it is not known.</param>
/// <param name="UserName">The name that was verified; null when nobody asked for one.</param>
public sealed record PushClient(IPAddress? Address, string? UserName);
