using System.Globalization;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Tsig;
using Riad.Dns.Zones;

namespace Riad.Dns.Io.Tests.Transfers;

/// <summary>The zone of these tests, and its messages.</summary>
internal static class TestZone
{
    internal static readonly DomainName Apex = Name("example.org");

    internal static readonly TsigKey Key = NewKey("key.test", 1);

    internal static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text, nameof(text));

    internal static TsigKey NewKey(string name, byte octet) =>
        new(Name(name), TsigAlgorithm.HmacSha256, TsigSecret.TryCreate([octet, 2, 3, 4, 5, 6, 7, 8], out var secret) ? secret : throw new ArgumentException(name, nameof(name)));

    internal static ResourceRecord Soa(uint serial, uint refresh = 3600, uint retry = 600, uint expire = 86400) =>
        ResourceRecord.Create(Apex, RrTypes.Soa, new(300), new Soa(Apex, Apex, new(serial), refresh, retry, expire, 300));

    internal static ResourceRecord Address(string host, byte last) =>
        ResourceRecord.Create(Name($"{host}.example.org"), RrTypes.A, new(300), new IPv4Address(0xc000_0200u | last));

    internal static Zone Zone(uint serial, params ResourceRecord[] records)
    {
        var builder = new ZoneBuilder(Apex);
        foreach (var record in (ResourceRecord[])[Soa(serial), .. records])
            builder.Add(record.Owner.Wire, RrTypes.FromCode(record.Type), record.Ttl.Seconds, record.Rdata.Span);
        return builder.Build();
    }

    /// <summary>An answer with the question's id.</summary>
    internal static byte[] Answer(byte[] question, params ResourceRecord[] records) => Answer(question, ResponseCode.NoError, records);

    internal static byte[] Answer(byte[] question, ResponseCode code, params ResourceRecord[] records)
    {
        if (!Message.TryRead(question, out var asked, out var error))
            throw new ArgumentException(error.ToString(), nameof(question));
        var answer = asked with { Flags = HeaderBits.Response | HeaderBits.Authoritative, ResponseCode = code, Answers = records.ToSeq(), Authorities = [], Additionals = [] };
        var buffer = new byte[Message.MaxLength];
        return answer.TryWrite(buffer, out var length) ? buffer[..length] : throw new ArgumentException("too long", nameof(records));
    }

    internal static string TypeOf(byte[] question) =>
        Message.TryRead(question, out var asked, out _) ? asked.Questions[0].Type.ToString(CultureInfo.InvariantCulture) : "?";
}
