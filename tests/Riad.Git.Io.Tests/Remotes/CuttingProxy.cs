using System.Net;
using System.Net.Sockets;

namespace Riad.Git.Io.Tests.Remotes;

/// <summary>A TCP proxy on loopback that cuts everything off once so many octets went one way.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint server;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Socket> sockets = [];
    private readonly Lock counting = new();
    private readonly Task accepting;
    private long up;
    private long down;
    private bool isCut;

    public CuttingProxy(int serverPort)
    {
        server = new(IPAddress.Loopback, serverPort);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Octets to the server after which all is cut.</summary>
    public long MaxUp { get; init; } = long.MaxValue;

    /// <summary>Octets to the client after which all is cut.</summary>
    public long MaxDown { get; init; } = long.MaxValue;

    /// <summary>Whoever comes is sent away, and whoever is there is cut off.</summary>
    public bool IsAway
    {
        get => isCut;
        set
        {
            if (value)
                Cut();
            else
                ComeBack();
        }
    }

    /// <summary>Octets that are carried at once.</summary>
    public int AtOnce { get; init; } = 4096;

    /// <summary>Octets that went to the server.</summary>
    public long Up => Interlocked.Read(ref up);

    /// <summary>Octets that went to the client.</summary>
    public long Down => Interlocked.Read(ref down);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (!stop.IsCancellationRequested)
                running.Add(ServeAsync(await listener.AcceptSocketAsync(stop.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
        await Task.WhenAll(running);
    }

    private async Task ServeAsync(Socket client)
    {
        using var toServer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            if (!TryKeep(client, toServer))
                return;
            try
            {
                await toServer.ConnectAsync(server, stop.Token);
                await Task.WhenAll(CopyAsync(client, toServer, isUp: true), CopyAsync(toServer, client, isUp: false));
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // One of both hung up, or was cut off.
            }
        }
    }

    private bool TryKeep(Socket client, Socket toServer)
    {
        lock (counting)
        {
            sockets.AddRange([client, toServer]);
            if (isCut)
                client.Close(0);
            return !isCut;
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool isUp)
    {
        to.NoDelay = true;
        var buffer = new byte[AtOnce];
        while (await from.ReceiveAsync(buffer, SocketFlags.None, stop.Token) is > 0 and var count)
        {
            var allowed = Count(count, isUp);
            if (allowed > 0)
                await to.SendAsync(buffer.AsMemory(0, allowed), SocketFlags.None, stop.Token);
            if (allowed < count)
                Cut();
        }
        to.Shutdown(SocketShutdown.Send);
    }

    private int Count(int count, bool isUp)
    {
        lock (counting)
        {
            var allowed = (int)Math.Clamp(isUp ? MaxUp - up : MaxDown - down, 0, count);
            if (isUp)
                up += allowed;
            else
                down += allowed;
            return isCut ? 0 : allowed;
        }
    }

    private void ComeBack()
    {
        lock (counting)
        {
            sockets.Clear();
            isCut = false;
        }
    }

    private void Cut()
    {
        lock (counting)
        {
            isCut = true;
            // Closed without lingering: the other side sees a reset, as when a cable is pulled and a firewall answers.
            foreach (var socket in sockets)
                socket.Close(0);
        }
    }
}
