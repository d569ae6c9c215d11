using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Tsig;
using Riad.Interop.Tests.Peers;
using Xunit;

namespace Riad.Interop.Tests.Keys;

/// <summary>Our signatures against those of NSD, Knot and BIND: they take ours, and we take theirs, with every algorithm.</summary>
public sealed class SignedPeerTests : IDisposable
{
    private const int Names = 2_000; // with 250 octets each: many messages

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-signed-");

    [Theory]
    [InlineData(PeerKind.Nsd)]
    [InlineData(PeerKind.Knot)]
    [InlineData(PeerKind.Bind)]
    public void Peer_takes_our_signature_and_we_take_its_own(PeerKind kind)
    {
        var keys = TsigKeys.Create(TsigAlgorithm.All.Select(Key));
        using var peer = NameServerPeer.Start(kind, [new("example.org", WriteZone(Names))], keys);
        foreach (var key in keys)
        {
            var (query, mac) = Sign(key, RrTypes.Soa.Code);
            foreach (var answer in (byte[]?[])[peer.AskByUdp(query), peer.AskByTcp(query)])
            {
                using var verifier = new TsigAnswerVerifier(key, mac);
                var verdict = verifier.Verify(answer, Now());
                Assert.True(verdict is TsigAnswerVerdict.Good && verifier.IsComplete, $"{kind} with {key}: {verdict}");
            }
        }
        foreach (var key in keys)
            Transfer(peer, key);
    }

    [Theory]
    [InlineData(PeerKind.Nsd)]
    [InlineData(PeerKind.Knot)]
    [InlineData(PeerKind.Bind)]
    public void Peer_refuses_a_wrong_secret_an_unknown_key_and_a_wrong_clock_and_we_understand(PeerKind kind)
    {
        var (known, other) = (Key(TsigAlgorithm.HmacSha256), Key(TsigAlgorithm.HmacSha512));
        using var peer = NameServerPeer.Start(kind, [new("example.org", WriteZone(1))], TsigKeys.Create([known]));
        var wrong = new TsigKey(known.Name, known.Algorithm, Secret('x', 32));
        Assert.Equal(new TsigAnswerVerdict.RefusedByServer(TsigError.BadSignature, null, IsSigned: false), Ask(peer, wrong, 0));
        Assert.Equal(new TsigAnswerVerdict.RefusedByServer(TsigError.BadKey, null, IsSigned: false), Ask(peer, other, 0));
        var late = Ask(peer, known, -3600) as TsigAnswerVerdict.RefusedByServer ?? throw new InvalidOperationException($"{kind}: {Ask(peer, known, -3600)}");
        Assert.Equal((TsigError.BadTime, kind is not PeerKind.Nsd), (late.Error, late.IsSigned)); // RFC 8945 §5.3.2: SHOULD
        Assert.InRange(late.ServerUnixSeconds ?? 0, Now() - 600, Now() + 600);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static TsigAnswerVerdict Ask(NameServerPeer peer, TsigKey key, long late)
    {
        var (query, mac) = Sign(key, RrTypes.Soa.Code, late);
        using var verifier = new TsigAnswerVerifier(key, mac);
        return verifier.Verify(peer.AskByTcp(query), Now());
    }

    private static void Transfer(NameServerPeer peer, TsigKey key)
    {
        var (query, mac) = Sign(key, QueryTypes.Axfr);
        using var client = new TcpClient { ReceiveTimeout = 60_000 };
        client.Connect(peer.Endpoint);
        using var stream = client.GetStream();
        byte[] framed = [(byte)(query.Length >> 8), (byte)query.Length, .. query];
        stream.Write(framed);
        using var verifier = new TsigAnswerVerifier(key, mac);
        var (records, ends, messages) = (0, 0, 0);
        while (ends < 2)
        {
            var prefix = new byte[2];
            stream.ReadExactly(prefix);
            var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
            stream.ReadExactly(message);
            var verdict = verifier.Verify(message, Now());
            Assert.True(verdict is TsigAnswerVerdict.Good or TsigAnswerVerdict.Pending, $"{peer.Name} with {key}, message {messages}: {verdict}");
            messages++;
            Count(message, ref records, ref ends);
        }
        Assert.True(verifier.IsComplete, $"{peer.Name} with {key}: the last message is not signed");
        Assert.Equal(Names + 4, records); // SOA twice, NS and its address
        Assert.True(messages > 5, $"{messages} messages");
    }

    private static void Count(byte[] message, ref int records, ref int ends)
    {
        var reader = new MessageReader(message);
        Assert.Equal(ResponseCode.NoError, reader.Header.LowResponseCode);
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        while (reader.TryReadRecord(name, out var record))
        {
            records += record.Section is Section.Answer ? 1 : 0;
            ends += record.Section is Section.Answer && record.Type == RrTypes.Soa.Code ? 1 : 0;
        }
    }

    private string WriteZone(int names)
    {
        var text = new StringBuilder("$TTL 60\n@ SOA ns h 7 1 1 1 1\n@ NS ns\nns A 192.0.2.1\n");
        for (var i = 0; i < names; i++)
            text.Append(CultureInfo.InvariantCulture, $"h{i} TXT {new string('x', 230)}\n");
        var file = Path.Combine(folder.FullName, $"zone{names}");
        File.WriteAllText(file, text.ToString());
        return file;
    }

    private static (byte[] Query, Octets Mac) Sign(TsigKey key, ushort type, long late = 0)
    {
        var (buffer, query) = (new byte[512], DnsExchange.Query("example.org", type, size: 0));
        query.CopyTo(buffer, 0);
        var length = query.Length;
        Assert.True(TsigSigner.TrySignRequest(key, buffer, ref length, Now() + late, out var mac));
        return (buffer[..length], mac);
    }

    private static TsigKey Key(TsigAlgorithm algorithm) => new(
        DomainName.TryParseAbsolute($"{algorithm}.Key.example", out var name) ? name : throw new InvalidOperationException(), algorithm, Secret('k', algorithm.MacLength));

    private static TsigSecret Secret(char letter, int length) =>
        TsigSecret.TryCreate(Encoding.ASCII.GetBytes(new string(letter, length)), out var secret) ? secret : throw new InvalidOperationException();

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeSeconds();
}
