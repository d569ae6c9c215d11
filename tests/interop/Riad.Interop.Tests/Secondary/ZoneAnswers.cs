using System.Net;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Riad.Interop.Tests.Peers;

namespace Riad.Interop.Tests.Secondary;

/// <summary>What a server says of a zone.</summary>
internal static class ZoneAnswers
{
    public static uint? SerialOf(IPEndPoint server, string zone) =>
        Ask(server, zone, RrTypes.Soa.Code) is { } answer && answer.Answers.Select(record => record.TryGet(RrTypes.Soa, out var soa) ? soa : null).FirstOrDefault() is { } soa
            ? soa.Serial.Value
            : null;

    public static Message? Ask(IPEndPoint server, string name, ushort type)
    {
        if (DnsExchange.OverUdp(server, DnsExchange.Query(name, type), milliseconds: 5000) is not { } octets)
            return null;
        return Message.TryRead(octets, out var message, out _) ? message : null;
    }
}
