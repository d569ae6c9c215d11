using Riad.Core;

namespace Riad.Net;

/// <summary>A running UDP service. Disposing it waits until the last batch is answered.</summary>
public interface IUdpServer : IDisposable
{
    /// <summary>Where it listens, with the port that the system chose.</summary>
    IpEndpoint Local { get; }
}
