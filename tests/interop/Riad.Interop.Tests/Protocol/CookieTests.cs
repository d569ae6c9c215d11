using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Riad.Dns.Messages;
using Riad.Interop.Tests.Answers;
using Riad.Interop.Tests.Peers;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Protocol;

/// <summary>RFC 9018: servers that share a secret take each other's cookies, so that a client may ask any of them.</summary>
public sealed class CookieTests
{
    private const byte Cookie = 10;
    private const ushort StartOfAuthority = 6;
    private const int ServerLength = 16;
    private const int Burst = 40;

    private static readonly byte[] Client = [0xd0, 0x0d, 0x1e, 0x55, 0x42, 0x99, 0xf1, 0x07];

    private readonly byte[] query = DnsExchange.Query("awkward.test.", StartOfAuthority);

    [Theory]
    [InlineData(PeerKind.Nsd)]
    [InlineData(PeerKind.Knot)]
    [InlineData(PeerKind.Bind)]
    public void Cookies_of_a_server_with_the_same_secret_are_taken(PeerKind kind)
    {
        using var folder = new ZoneRepositoryFolder(QuestionList.Zones);
        var secret = Path.Combine(Directory.CreateDirectory(folder.State).FullName, "cookie-secret");
        File.WriteAllText(secret, $"{PeerConfiguration.CookieSecret}\n");
        using var appliance = RunningAppliance.Start(
            folder.State, "--repository", folder.Repository, "--cookie-secret-file", secret, "--rate-limit", "1", "--rate-limit-slip", "0");
        using var peer = NameServerPeer.Start(kind, QuestionList.Zones);

        var (ours, theirs) = (ServerCookie(appliance.Dns), ServerCookie(peer.Endpoint));
        Assert.Equal(Burst, CountOfAnswers(appliance.Dns, [.. Client, .. theirs], patience: 60_000));
        Assert.True(CountOfAnswers(appliance.Dns, [.. Client, .. Forged(theirs)], patience: 300) < Burst, "a forged cookie was taken");

        Assert.Equal(ResponseCode.NoError, Code(peer.Endpoint, [.. Client, .. ours]));
        if (kind is PeerKind.Nsd)
            return; // it refuses no cookie, it only makes them
        Assert.Equal(ResponseCode.BadCookie, Code(peer.Endpoint, [.. Client, .. Forged(ours)]));
    }

    [Theory]
    [InlineData(PeerKind.Nsd)]
    [InlineData(PeerKind.Knot)]
    [InlineData(PeerKind.Bind)]
    public void In_one_second_every_server_makes_the_same_cookie(PeerKind kind)
    {
        using var folder = new ZoneRepositoryFolder(QuestionList.Zones);
        var secret = Path.Combine(Directory.CreateDirectory(folder.State).FullName, "cookie-secret");
        File.WriteAllText(secret, $"{PeerConfiguration.CookieSecret}\n");
        using var appliance = RunningAppliance.Start(folder.State, "--repository", folder.Repository, "--cookie-secret-file", secret);
        using var peer = NameServerPeer.Start(kind, QuestionList.Zones);

        byte[] ours, theirs;
        do
            (ours, theirs) = (ServerCookie(appliance.Dns), ServerCookie(peer.Endpoint));
        while (!ours.AsSpan(4, 4).SequenceEqual(theirs.AsSpan(4, 4))); // the second has just changed

        Assert.Equal(Convert.ToHexStringLower(theirs), Convert.ToHexStringLower(ours));
    }

    private byte[] ServerCookie(IPEndPoint server)
    {
        var answer = DnsExchange.OverUdp(server, DnsExchange.WithOption(query, Cookie, Client)) ?? throw new TimeoutException();
        var at = answer.AsSpan().IndexOf(Client);
        return at > 0 ? answer[(at + Client.Length)..][..ServerLength] : throw new FormatException("no cookie");
    }

    private ResponseCode Code(IPEndPoint server, byte[] cookie)
    {
        var answer = DnsExchange.OverUdp(server, DnsExchange.WithOption(query, Cookie, cookie)) ?? throw new TimeoutException();
        return Message.TryRead(answer, out var message, out var error) ? message.ResponseCode : throw new FormatException(error.ToString());
    }

    private static byte[] Forged(byte[] cookie) => [.. cookie[..^1], (byte)(cookie[^1] ^ 1)];

    /// <summary>Asks the same again and again; only a client with a good cookie gets every answer under a limit of one a second.</summary>
    /// <param name="server">The one with the limit.</param>
    /// <param name="cookie">The client's part and the server's.</param>
    /// <param name="patience">Milliseconds to wait for each answer: long where all must come, short where silence is expected.</param>
    private int CountOfAnswers(IPEndPoint server, byte[] cookie, int patience)
    {
        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = patience };
        socket.Connect(server);
        var octets = DnsExchange.WithOption(query, Cookie, cookie);
        var answers = 0;
        try
        {
            for (var sent = 0; sent < Burst; sent++)
                socket.Send(octets);
            for (var answer = new byte[4096]; answers < Burst; answers++)
                socket.Receive(answer);
        }
        catch (SocketException silence) when (silence.SocketErrorCode is SocketError.TimedOut)
        {
        }
        return answers;
    }
}
