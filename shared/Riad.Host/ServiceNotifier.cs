using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Riad.Host;

/// <summary>Tells systemd what the process does. Without systemd it tells nobody.</summary>
/// <remarks>Source: sd_notify(3).</remarks>
internal sealed class ServiceNotifier(string? socketPath)
{
    public void Ready() => Send("READY=1");

    public void Stopping() => Send("STOPPING=1");

    /// <summary>For <c>Type=notify-reload</c>, which matches it with READY=1 by the monotonic clock.</summary>
    public void Reloading()
    {
        var microseconds = Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);
        Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={microseconds}"));
    }

    private void Send(string state)
    {
        if (string.IsNullOrEmpty(socketPath))
            return;
        try
        {
            // '@' stands for the abstract namespace, whose names begin with an octet 0.
            var path = socketPath[0] is '@' ? '\0' + socketPath[1..] : socketPath;
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            // Nobody listens any more; the service itself is not worse for it.
        }
    }
}
