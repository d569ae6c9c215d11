using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Riad.Core;
using Riad.Host.Http;
using Riad.Host.Settings;

namespace Riad.Host;

/// <summary><c>NAME health</c>: asks the appliance that runs beside it how it is. For containers, which hold no shell and no curl.</summary>
internal static class HealthCommand
{
    private const int MaxAnswerOctets = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The command, with the same options as <c>serve</c>: where HTTP listens, and whether it speaks TLS.</summary>
    public static ToolCommand Of(ApplianceDefinition definition) => new()
    {
        Name = "health",
        Summary = "Asks the appliance that runs here how it is: exit 0 when it serves, 1 when not. Takes --http as serve does.",
        Settings = [definition.Common.Http, definition.Common.TlsCertificate],
        Examples = [$"{definition.Name} health", $"{definition.Name} health --http 127.0.0.1:8300"],
        Run = (tool, stop) => RunAsync(definition, tool, stop),
    };

    private static async Task<int> RunAsync(ApplianceDefinition definition, ToolServices tool, CancellationToken stop)
    {
        var listening = tool.Settings.Get(definition.Common.Http);
        if (listening.IsEmpty)
            throw OperatorException.BadArguments("there is no HTTP to ask; write --http ADDRESS:PORT, the same as for serve");
        var endpoint = Reachable(listening[0]);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            var answer = await AskAsync(endpoint, Expected(tool.Settings.Get(definition.Common.TlsCertificate)), patience.Token);
            var body = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end ? answer[(end + 4)..].TrimEnd() : "";
            var isFine = answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
            await tool.Output.WriteLineAsync(string.Join('\n', body.Split('\n').Select(OneLine.Escape)).AsMemory(), stop);
            return isFine ? ExitCode.Done : ExitCode.CannotRun;
        }
        catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException or CryptographicException or AuthenticationException)
        {
            throw OperatorException.CannotRun($"{definition.Name} does not answer on {endpoint} ({OneLine.Escape(exception.Message.TrimEnd('.'))}); is it running, and with the same --http?", exception);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw OperatorException.CannotRun($"{definition.Name} did not answer on {endpoint} within {Patience.TotalSeconds} seconds");
        }
    }

    /// <summary>What listens on every address listens on loopback.</summary>
    internal static IpEndpoint Reachable(IpEndpoint endpoint) => endpoint.Address switch
    {
        { IsAny: true, IsIPv6: true } => new(new(new IPv6Address(0, 1)), endpoint.Port),
        { IsAny: true } => new(new(new IPv4Address(0x7f00_0001)), endpoint.Port),
        _ => endpoint,
    };

    private static byte[]? Expected(FileInfo? certificate)
    {
        if (certificate is null)
            return null;
        using var read = X509CertificateLoader.LoadCertificateFromFile(certificate.FullName);
        return read.RawData;
    }

    private static async Task<string> AskAsync(IpEndpoint endpoint, byte[]? certificate, CancellationToken stop)
    {
        using var socket = new Socket(endpoint.Address.IsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endpoint.ToSystem(), stop);
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        if (certificate is null)
            return await AskAsync(stream, endpoint.Port, stop);
        // The certificate names the service and not this address: it has to be that very one.
        await using var secured = new SslStream(stream, leaveInnerStreamOpen: false);
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null && certificate.AsSpan().SequenceEqual(presented.GetRawCertData()) }, stop);
        return await AskAsync(secured, endpoint.Port, stop);
    }

    // With the port, as a browser writes it: a request for another host is told nothing but "ok".
    private static async Task<string> AskAsync(Stream stream, ushort port, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /health HTTP/1.1\r\nHost: localhost:{port.ToString(CultureInfo.InvariantCulture)}\r\nAccept: text/plain\r\nConnection: close\r\n\r\n"), stop);
        var answer = new byte[MaxAnswerOctets];
        var length = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, stop);
        return Encoding.UTF8.GetString(answer, 0, length);
    }
}
