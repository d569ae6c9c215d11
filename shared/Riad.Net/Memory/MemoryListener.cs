using Riad.Core;

namespace Riad.Net;

/// <summary>A TCP port that is listened on in a <see cref="MemoryHost"/>.</summary>
internal sealed class MemoryListener(MemoryHost host, IpEndpoint local, Func<TcpFlow, Task> serve) : ITcpListener
{
    public IpEndpoint Local { get; } = local;

    public void Dispose() => host.Close(Local);

    internal void Accept(MemoryFlow flow) => _ = ServeAsync(flow);

    private async Task ServeAsync(MemoryFlow flow)
    {
        await using (flow)
            await serve(flow);
    }
}
