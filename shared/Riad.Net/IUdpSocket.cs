using Riad.Core;

namespace Riad.Net;

/// <summary>A UDP socket for questions of our own. One receive at a time.</summary>
public interface IUdpSocket : IDisposable
{
    /// <summary>The address and port that it sends from.</summary>
    IpEndpoint Local { get; }

    /// <summary>Sends one datagram. That it was sent says nothing about its arrival.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> octets, IpEndpoint destination, CancellationToken cancellation);

    /// <summary>Waits for one datagram.</summary>
    /// <param name="space">Longer datagrams are cut to this size.</param>
    /// <param name="cancellation">Ends the wait.</param>
    ValueTask<ReceivedDatagram> ReceiveAsync(Memory<byte> space, CancellationToken cancellation);
}
