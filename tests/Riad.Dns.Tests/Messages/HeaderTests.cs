using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Dns.Messages;
using Xunit;

namespace Riad.Dns.Tests.Messages;

public sealed class HeaderTests
{
    public static TheoryData<string, string, Header> Headers => new()
    {
        // why                              octets
        { "a query",                        "1234 0100 0001 0000 0000 0001", new(0x1234, HeaderBits.RecursionDesired, Opcode.Query, ResponseCode.NoError, 1, 0, 0, 1) },
        { "an authoritative NXDOMAIN",      "0001 8503 0001 0000 0001 0000", new(1, HeaderBits.Response | HeaderBits.Authoritative | HeaderBits.RecursionDesired, Opcode.Query, ResponseCode.NameError, 1, 0, 1, 0) },
        { "an update",                      "0001 2800 0001 0002 0003 0004", new(1, HeaderBits.None, Opcode.Update, ResponseCode.NoError, 1, 2, 3, 4) },
        { "every bit",                      "ffff ffff ffff ffff ffff ffff", new(65535, HeaderBits.Response | HeaderBits.Authoritative | HeaderBits.Truncated | HeaderBits.RecursionDesired | HeaderBits.RecursionAvailable | HeaderBits.Reserved | HeaderBits.AuthenticData | HeaderBits.CheckingDisabled, (Opcode)15, (ResponseCode)15, 65535, 65535, 65535, 65535) },
    };

    [Theory, MemberData(nameof(Headers))]
    public void Octets_and_fields_agree(string why, string octets, Header header)
    {
        var wire = Convert.FromHexString(octets.Replace(" ", "", StringComparison.Ordinal));
        var reader = new WireReader(wire);
        Assert.True(header == Header.Read(ref reader), why);
        var writer = new WireWriter(new byte[12]);
        header.Write(ref writer);
        Assert.Equal(wire, writer.Written.ToArray());
    }

    [Fact]
    public void Write_undoes_read_whatever_the_octets() => Prop.ForAll<uint, uint, uint>((first, second, third) =>
    {
        var writer = new WireWriter(new byte[12]);
        writer.WriteUInt32(first);
        writer.WriteUInt32(second);
        writer.WriteUInt32(third);
        var reader = new WireReader(writer.Written);
        var header = Header.Read(ref reader);
        var again = new WireWriter(new byte[12]);
        header.Write(ref again);
        return again.Written.SequenceEqual(writer.Written);
    }).QuickCheckThrowOnFailure();
}
