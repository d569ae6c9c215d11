using Riad.Core;

namespace Riad.Net;

/// <summary>Accepts connections until it is disposed; those that were accepted go on.</summary>
public interface ITcpListener : IDisposable
{
    /// <summary>Where it listens, with the port that the system chose.</summary>
    IpEndpoint Local { get; }
}
