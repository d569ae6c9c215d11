using System.Text;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Dns.Server;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Server;

/// <summary>An authority over zones in text, which is asked in text and answers in text.</summary>
internal sealed class TestServer(ServerOptions options, params (string Apex, string Text)[] zones)
{
    public const string Soa = "@ SOA ns hostmaster 1 7200 3600 1209600 300\n";

    public TestServer(params (string Apex, string Text)[] zones)
        : this(new ServerOptions(), zones)
    {
    }

    public Authority Authority { get; } = new(ZoneSet.Empty.With(zones.Select(zone => ZoneText.Zone(zone.Apex, Soa + zone.Text))), options);

    public AnswerState State { get; init; } = new();

    public static QueryContext Context(DnsTransport transport = DnsTransport.Udp) =>
        new(new(new IPv4Address(0xc0000201)), transport, new(Elapsed.FromSeconds(1), DateTimeOffset.UnixEpoch.AddYears(50)), TimeSpan.FromSeconds(10));

    /// <summary>Asks "name type" and prints the code, the flags and the sections, one record a line.</summary>
    public string Ask(string question, DnsTransport transport = DnsTransport.Udp, Edns? edns = null, RecordClass recordClass = RecordClass.Internet) =>
        Print(Read(Exchange(Query(question, edns, recordClass), transport)));

    public static byte[] Query(string question, Edns? edns = null, RecordClass recordClass = RecordClass.Internet, HeaderBits bits = HeaderBits.None)
    {
        var words = question.Split(' ');
        var message = new Message(0x1234, bits, Opcode.Query, ResponseCode.NoError, [new(ZoneText.Name(words[0]), TypeCode(words[1]), recordClass)], [], [], [], edns);
        var octets = new byte[1024];
        Assert.True(message.TryWrite(octets, out var length));
        return octets[..length];
    }

    public byte[] Exchange(byte[] query, DnsTransport transport = DnsTransport.Udp)
    {
        var answer = new byte[transport is DnsTransport.Udp ? 4096 : ushort.MaxValue];
        return answer[..Authority.Answer(State, Context(transport), query, answer)];
    }

    public static Message Read(byte[] answer)
    {
        Assert.True(Message.TryRead(answer, out var message, out var error), $"{error}: {Convert.ToHexStringLower(answer)}");
        return message;
    }

    public static string Print(Message message)
    {
        var text = new StringBuilder(message.ResponseCode.ToString());
        foreach (var (bit, name) in Bits)
            text.Append(message.Flags.HasFlag(bit) ? $" {name}" : "");
        Print(text, "an", message.Answers);
        Print(text, "ns", message.Authorities);
        Print(text, "ar", message.Additionals);
        return text.ToString();
    }

    private static readonly (HeaderBits Bit, string Name)[] Bits =
    [
        (HeaderBits.Authoritative, "aa"), (HeaderBits.Truncated, "tc"), (HeaderBits.RecursionDesired, "rd"), (HeaderBits.RecursionAvailable, "ra"),
        (HeaderBits.Reserved, "z"), (HeaderBits.AuthenticData, "ad"), (HeaderBits.CheckingDisabled, "cd"),
    ];

    private static ushort TypeCode(string word) => word switch
    {
        "OPT" => QueryTypes.Opt,
        "TKEY" => QueryTypes.Tkey,
        "TSIG" => QueryTypes.Tsig,
        "IXFR" => QueryTypes.Ixfr,
        "AXFR" => QueryTypes.Axfr,
        "MAILB" => QueryTypes.Mailb,
        "MAILA" => QueryTypes.Maila,
        "ANY" => QueryTypes.Any,
        "TYPE0" => 0,
        _ => RrTypes.TryParse(word, out var type) ? type.Code : throw new ArgumentException(word),
    };

    private static void Print(StringBuilder text, string section, Seq<ResourceRecord> records)
    {
        foreach (var record in records)
            text.Append('\n').Append(section).Append(' ').Append(record);
    }
}
