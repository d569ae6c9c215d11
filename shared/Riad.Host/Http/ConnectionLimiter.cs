using System.Net;
using Microsoft.AspNetCore.Connections;
using Riad.Core;

namespace Riad.Host.Http;

/// <summary>Closes connections beyond what one address may hold at a time.</summary>
internal sealed class ConnectionLimiter(int mostPerAddress)
{
    private readonly Lock counting = new();
    private readonly Dictionary<IpAddress, int> open = [];

    public ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        if (connection.RemoteEndPoint is not IPEndPoint remote || remote.Address.ToRiad() is not { IsLoopback: false } address)
        {
            await next(connection);
            return;
        }
        var network = address.ClientNetwork();
        if (!TryEnter(network))
            return;
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(network);
        }
    };

    internal bool TryEnter(IpAddress network)
    {
        lock (counting)
        {
            var count = open.GetValueOrDefault(network);
            if (count >= mostPerAddress)
                return false;
            open[network] = count + 1;
            return true;
        }
    }

    internal void Leave(IpAddress network)
    {
        lock (counting)
        {
            if (--open[network] == 0)
                open.Remove(network);
        }
    }
}
