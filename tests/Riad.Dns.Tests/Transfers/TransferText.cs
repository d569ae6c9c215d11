using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Zones;

namespace Riad.Dns.Tests.Transfers;

/// <summary>Transfers of tests: messages from lines "owner type data", names relative to example.org.</summary>
internal static class TransferText
{
    public const ushort Id = 4711;

    public static readonly DomainName Apex = ZoneText.Name("example.org");

    /// <summary>An SOA record of this serial, as a line.</summary>
    public static string Soa(uint serial) => $"@ SOA ns admin {serial} 3600 600 86400 300";

    public static Zone Zone(uint serial, params string[] lines) => ZoneText.Zone("example.org", string.Join('\n', [Soa(serial), .. lines]));

    /// <summary>A message whose answer section holds these records.</summary>
    public static byte[] Answer(ushort type, params string[] lines) => Octets(Message(type, lines));

    public static Message Message(ushort type, params string[] lines) => new(
        Id, HeaderBits.Response | HeaderBits.Authoritative, Opcode.Query, ResponseCode.NoError,
        [new(Apex, type, RecordClass.Internet)], lines.Select(Record).ToSeq(), [], [], Edns: null);

    public static byte[] Octets(Message message)
    {
        var buffer = new byte[Dns.Messages.Message.MaxLength];
        return message.TryWrite(buffer, out var length) ? buffer[..length] : throw new ArgumentException("too long");
    }

    public static ResourceRecord Record(string line)
    {
        var words = line.Split(' ', 3);
        if (!RrTypes.TryParse(words[1], out var type))
            throw new ArgumentException(line);
        return new(ZoneText.Name(words[0], Apex), type.Code, RecordClass.Internet, new(3600), new(ZoneText.Rdata(type, words[2], Apex)));
    }

    /// <summary>Every record of a zone as a line, sorted.</summary>
    public static string[] Lines(Zone zone)
    {
        var lines = new List<string>();
        var scratch = new byte[RecordSetView.ScratchLength];
        foreach (var node in zone.Nodes)
        {
            foreach (var set in node.Sets)
            {
                foreach (var rdata in set.Rdatas(scratch))
                    lines.Add(new ResourceRecord(node.Owner, set.Type, RecordClass.Internet, new(set.Ttl), new(rdata)).ToString());
            }
        }
        lines.Sort(StringComparer.Ordinal);
        return [.. lines];
    }
}
