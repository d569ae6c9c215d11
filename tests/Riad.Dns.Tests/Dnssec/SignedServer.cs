using System.Text;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Server;
using Riad.Dns.Tests.Server;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Dnssec;

/// <summary>An authority over signed zones, which answers with the owners and types of its records alone.</summary>
/// <remarks>The signatures stand for real ones: they say what they cover, and no more. A validator is met in the interop tests.</remarks>
internal sealed class SignedServer(params Zone[] zones)
{
    private static readonly Edns DnssecOk = Edns.Plain with { IsDnssecOk = true };

    public Authority Authority { get; } = new(ZoneSet.Empty.With(zones), new ServerOptions());

    public AnswerState State { get; } = new();

    /// <summary>A zone with a signature beside every set that a signer signs.</summary>
    /// <param name="apex">The zone's name.</param>
    /// <param name="text">One record a line, its SOA, NSEC and NSEC3 among them.</param>
    public static Zone Sign(string apex, string text)
    {
        var unsigned = ZoneText.Zone(apex, text);
        var builder = ZoneText.Builder(apex, text);
        foreach (var node in unsigned.Nodes)
        {
            foreach (var set in node.Sets)
            {
                var isSigned = set.Type == RrTypes.Nsec3.Code || !(node.IsOccluded || (set.Type == RrTypes.Ns.Code && node.IsDelegation));
                if (isSigned)
                    builder.Add(node.Owner.Wire, RrTypes.Rrsig, set.Ttl + 7, ZoneText.Rdata(RrTypes.Rrsig, Signature(node.Owner, set, apex), unsigned.Apex));
            }
        }
        return builder.Build();
    }

    /// <summary>Asks "name type" with DO and prints the code, the flags, and of each record the section, owner and type.</summary>
    public string Ask(string question, DnsTransport transport = DnsTransport.Tcp, bool isDnssecOk = true) =>
        Print(TestServer.Read(Exchange(question, transport, isDnssecOk)));

    public byte[] Exchange(string question, DnsTransport transport = DnsTransport.Tcp, bool isDnssecOk = true)
    {
        var answer = new byte[transport is DnsTransport.Udp ? 1232 : ushort.MaxValue];
        return answer[..Authority.Answer(State, TestServer.Context(transport), TestServer.Query(question, isDnssecOk ? DnssecOk : Edns.Plain), answer)];
    }

    /// <summary>"RRSIG(MX)" for a signature of the MX set; the type for all others.</summary>
    public static string TypeOf(ResourceRecord record) =>
        record.Type == RrTypes.Rrsig.Code ? $"RRSIG({record.ToString().Split(' ')[3]})" : RrTypes.FromCode(record.Type).Mnemonic;

    private static string Signature(DomainName owner, in RecordSetView set, string apex)
    {
        var labels = NameOctets.CountLabels(owner.Wire) - (owner.Wire is [1, (byte)'*', ..] ? 1 : 0);
        return $"{RrTypes.FromCode(set.Type).Mnemonic} 5 {labels} {set.Ttl} 20400101000000 20200101000000 38519 {apex} c2lnbmF0dXJl";
    }

    private static string Print(Message message)
    {
        var text = new StringBuilder(message.ResponseCode.ToString());
        text.Append(message.Flags.HasFlag(HeaderBits.Authoritative) ? " aa" : "").Append(message.Flags.HasFlag(HeaderBits.Truncated) ? " tc" : "");
        Assert.False(message.Flags.HasFlag(HeaderBits.AuthenticData) || message.Flags.HasFlag(HeaderBits.CheckingDisabled)); // RFC 4035 §3.1.6
        Print(text, "an", message.Answers);
        Print(text, "ns", message.Authorities);
        Print(text, "ar", message.Additionals);
        return text.ToString();
    }

    private static void Print(StringBuilder text, string section, Seq<ResourceRecord> records)
    {
        foreach (var record in records)
            text.Append('\n').Append(section).Append(' ').Append(record.Owner).Append(' ').Append(TypeOf(record));
    }
}
