using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Tests.Server;
using Xunit;

namespace Riad.Dns.Tests.Dnssec;

/// <summary>Whatever is asked with DO of signed zones, an answer is a message within its limit, and holds no record twice.</summary>
public sealed class SignedAnswerProperties
{
    private static readonly SignedServer Nsec = new(NsecAnswerTests.Zone);
    private static readonly SignedServer Nsec3 = new(Nsec3AnswerTests.Zone);

    private static readonly string[] Ends = ["example.", "w.example.", "y.w.example.", "a.example.", "c.example.", "b.example.", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example."];

    private static readonly ushort[] Types = [1, 2, 5, 6, 15, 28, 39, 43, 46, 47, 48, 50, 51, 255, 65280];

    [Fact]
    public void Any_name_is_answered_within_the_limit() => Prop.ForAll<byte[], uint>((labels, choice) =>
    {
        var end = Riad.Dns.Tests.Zones.ZoneText.Name(Ends[choice % (uint)Ends.Length]);
        var query = Query(NameOf(labels, end), Types[(choice >> 4) % (uint)Types.Length]);
        return IsSound(Nsec, query) && IsSound(Nsec3, query);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(260));

    /// <summary>Octets as labels, their lengths among them, in front of an end, as many as fit.</summary>
    private static byte[] NameOf(byte[] octets, DomainName end)
    {
        var name = new List<byte>();
        for (var at = 0; at < octets.Length;)
        {
            var length = Math.Min((octets[at] % NameOctets.MaxLabelLength) + 1, octets.Length - at);
            if (name.Count + length + 1 + end.Wire.Length > NameOctets.MaxLength)
                break;
            name.AddRange([(byte)length, .. octets.AsSpan(at, length)]);
            at += length;
        }
        return [.. name, .. end.Wire];
    }

    private static byte[] Query(byte[] name, ushort type) =>
        [0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, .. name, (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 41, 4, 208, 0, 0, 0x80, 0, 0, 0];

    private static bool IsSound(SignedServer server, byte[] query)
    {
        var answer = new byte[4096];
        answer = answer[..server.Authority.Answer(server.State, TestServer.Context(), query, answer)];
        if (!Message.TryRead(answer, out var message, out _) || answer.Length > 1232)
            return false;
        var records = message.Answers.Concat(message.Authorities).Concat(message.Additionals).Select(record => record.ToString()).ToList();
        var proves = message.Flags.HasFlag(HeaderBits.Truncated) || message.Answers.Count > 0 || message.Authorities.Any(record => SignedServer.TypeOf(record).StartsWith("RRSIG(", StringComparison.Ordinal));
        return proves && records.Distinct(StringComparer.Ordinal).Count() == records.Count;
    }
}
