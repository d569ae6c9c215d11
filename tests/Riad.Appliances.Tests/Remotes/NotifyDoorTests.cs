using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Riad.Core;
using Riad.Dns.Io;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Server;
using Riad.Dns.Server.Access;
using Riad.Dns.Tsig;
using Riad.DnsPrimaryGit.Remotes;
using Xunit;

namespace Riad.Appliances.Tests.Remotes;

/// <summary>A NOTIFY says that the remote has something new: from those who may say it.</summary>
public sealed class NotifyDoorTests
{
    private static readonly DomainName Zone = Name("example.org");
    private static readonly byte[] Plain = Octets(Message.Query(7, Zone, RrTypes.Soa.Code) with { Opcode = Opcode.Notify });

    public static TheoryData<string, string?, byte[], string, int> Notices => new()
    {
        // who                                       key                       message                                answer            looks
        { "a key for it",                            "forge._notify.example.org",  Plain,                             "NoError aa",     1 },
        { "a transfer key, which may notify too",    "ns2._transfer.example.org",  Plain,                             "NoError aa",     1 },
        { "an update key, which may notify too",     "host7._update.",         Plain,                                 "NoError aa",     1 },
        { "a key for another zone",                  "forge._notify.example.net",  Plain,                             "Refused",        0 },
        { "a key whose name says nothing",           "laptop",                 Plain,                                 "Refused",        0 },
        { "nobody in particular",                    null,                     Plain,                                 "Refused",        0 },
        { "a key, about another type than SOA",      "forge._notify.example.org",  Octets(Message.Query(7, Zone, RrTypes.A.Code) with { Opcode = Opcode.Notify }), "FormatError", 0 },
        { "a key, with half a message",              "forge._notify.example.org",  Plain[..14],                       "FormatError",    0 },
    };

    [Theory, MemberData(nameof(Notices))]
    public async Task Only_who_may_notify_makes_the_server_look_at_the_remote(string who, string? key, byte[] message, string answer, int looks)
    {
        var looked = 0;
        var door = new NotifyDoor(() => Rights.ByKeyNames, () => looked++, NullLogger.Instance);

        var said = await door.AnswerAsync(Request(message, key), default);

        Assert.Equal((who, answer, looks), (who, Describe(said), looked));
    }

    [Fact]
    public async Task Without_a_remote_there_is_nothing_to_look_at() =>
        Assert.Equal("NotImplemented", Describe(await new NotifyDoor(() => Rights.ByKeyNames, look: null, NullLogger.Instance).AnswerAsync(Request(Plain, "forge._notify."), default)));

    private static VerifiedRequest Request(byte[] message, string? keyName)
    {
        var request = new DnsRequest(default, default, DnsTransport.Udp, default, message);
        if (keyName is null)
            return new(request, new(message), Signature: null);
        Assert.True(TsigSecret.TryCreate("0123456789abcdef"u8, out var secret));
        var key = new TsigKey(Name(keyName), TsigAlgorithm.HmacSha256, secret);
        return new(request, new(message), new(key, new(key.Name, key.Algorithm.Name, 0, 300, default, 7, TsigError.None, default), new(message)));
    }

    private static string Describe(Octets octets)
    {
        Assert.True(Message.TryRead(octets.Span, out var message, out var error), error.ToString());
        Assert.Equal((7, Opcode.Notify, true), (message.Id, message.Opcode, message.Flags.HasFlag(HeaderBits.Response)));
        return $"{message.ResponseCode}{(message.Flags.HasFlag(HeaderBits.Authoritative) ? " aa" : "")}";
    }

    private static byte[] Octets(Message message)
    {
        var space = new byte[512];
        return message.TryWrite(space, out var length) ? space[..length] : throw new InvalidOperationException();
    }

    private static DomainName Name(string text) => DomainName.TryParse(Encoding.ASCII.GetBytes(text), DomainName.Root, out var name, out _) ? name : throw new ArgumentException(text);
}
