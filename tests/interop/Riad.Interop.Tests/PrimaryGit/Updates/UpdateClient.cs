using System.Net;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Tsig;
using Riad.Interop.Tests.Peers;

namespace Riad.Interop.Tests.PrimaryGit.Updates;

/// <summary>The keys of these tests, and updates as octets where a test must know which one was acknowledged.</summary>
internal static class UpdateClient
{
    public const string Secret = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    public const string KeyName = "me._update.example.org";

    /// <summary>What --keys names: an update key for each of two algorithms, and one that may only transfer.</summary>
    public static string WriteKeys(string folder)
    {
        var path = Path.Combine(folder, "keys");
        File.WriteAllText(path, $"{KeyName}:hmac-sha256:{Secret}\nlong._update.example.org:hmac-sha512:{Secret}\nread._transfer.example.org:hmac-sha256:{Secret}\n");
        return path;
    }

    public static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text);

    /// <summary>A signed request to add an address, if the name is not in use.</summary>
    public static byte[] Add(ushort id, string owner, uint address)
    {
        if (!TsigSecret.TryParse(System.Text.Encoding.ASCII.GetBytes(Secret), out var secret))
            throw new InvalidOperationException("a secret");
        var record = new ResourceRecord(Name(owner), 1, RecordClass.Internet, new(60), new([(byte)(address >> 24), (byte)(address >> 16), (byte)(address >> 8), (byte)address]));
        var unused = new ResourceRecord(record.Owner, QueryTypes.Any, RecordClass.None, default, default);
        var message = new Message(id, HeaderBits.None, Opcode.Update, ResponseCode.NoError, [new(Name("example.org"), 6, RecordClass.Internet)], [unused], [record], [], null);
        var buffer = new byte[1024];
        if (!message.TryWrite(buffer, out var length) || !TsigSigner.TrySignRequest(new(Name(KeyName), TsigAlgorithm.HmacSha256, secret), buffer, ref length, DateTimeOffset.UtcNow.ToUnixTimeSeconds(), out _))
            throw new InvalidOperationException("an update of few records fits");
        return buffer[..length];
    }

    /// <summary>Sends a request over TCP; null when the server went away before it answered.</summary>
    public static ResponseCode? Send(IPEndPoint server, byte[] request)
    {
        try
        {
            return CodeOf(DnsExchange.OverTcp(server, request));
        }
        catch (Exception gone) when (gone is IOException or System.Net.Sockets.SocketException)
        {
            return null;
        }
    }

    public static ResponseCode CodeOf(byte[] answer) => (ResponseCode)(answer[3] & 15);
}
