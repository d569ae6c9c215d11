using Riad.Core;

namespace Riad.Net;

/// <summary>An open UDP port of a <see cref="MemoryHost"/>.</summary>
internal abstract class MemoryUdpPort(MemoryHost host, IpEndpoint local) : IDisposable
{
    public IpEndpoint Local { get; } = local;

    protected MemoryHost Host { get; } = host;

    public void Dispose() => Host.Close(Local, this);

    internal abstract void Deliver(IpEndpoint from, IpAddress to, byte[] octets);
}
