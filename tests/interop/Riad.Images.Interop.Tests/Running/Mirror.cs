using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>An HTTP server in the place of Debian's.</summary>
internal sealed class Mirror : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<string> asked = [];

    // Where the machine has a proxy, it is nobody who knows this server.
    static Mirror() => Environment.SetEnvironmentVariable("no_proxy", string.Join(',', "127.0.0.1", Environment.GetEnvironmentVariable("no_proxy")).TrimEnd(','));

    /// <summary>Starts one.</summary>
    /// <param name="answer">What it says to a path: a status such as <c>200 OK</c>, and what follows.</param>
    public Mirror(Func<string, (string Status, byte[] Content)> answer)
    {
        listener.Start();
        _ = ServeAsync(answer);
    }

    /// <summary>Gives every request the same answer.</summary>
    public Mirror(string status, string content = "") : this(_ => (status, Encoding.ASCII.GetBytes(content)))
    {
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>The paths that were asked for.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (asked)
                return [.. asked];
        }
    }

    public void Dispose() => listener.Stop();

    private async Task ServeAsync(Func<string, (string Status, byte[] Content)> answer)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream(), answer);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Its end is the listener's.
        }
    }

    private async Task AnswerAsync(NetworkStream stream, Func<string, (string Status, byte[] Content)> answer)
    {
        try
        {
            var request = new byte[8192];
            var count = await stream.ReadAsync(request);
            if (Encoding.ASCII.GetString(request, 0, count).Split(' ') is not [_, var path, ..])
                return;
            lock (asked)
                asked.Add(path);
            var (status, content) = answer(path);
            await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n"), .. content]);
        }
        catch (IOException)
        {
            // Who asked has left.
        }
    }
}
