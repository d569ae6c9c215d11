using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Dns.Records;
using Xunit;

namespace Riad.Dns.Tests.Records;

public sealed class CodecTests
{
    [Theory, MemberData(nameof(RecordVectors.All), MemberType = typeof(RecordVectors))]
    public void Write_undoes_read(string type, string text, string octets) =>
        Assert.True(octets == Convert.ToHexStringLower(ThroughValue(RecordText.Type(type), Convert.FromHexString(octets))), text);

    [Fact]
    public void Write_undoes_read_of_every_valid_data() => Prop.ForAll<byte[], int>((changes, seed) =>
    {
        var type = RrTypes.Known[(int)((uint)seed % RrTypes.Known.Count)];
        var rdata = RecordVectors.Mutate(type, changes, seed);
        var again = ThroughValue(type, rdata); // total: whatever the octets, it returns
        return !RdataWire.TryValidate(type, rdata, out _) || again.AsSpan().SequenceEqual(rdata);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    [Fact]
    public void Values_are_typed()
    {
        Assert.Equal(new Srv(10, 60, 5060, Names("bigbox.example.com.")), Read(RrTypes.Srv, "10 60 5060 bigbox.example.com."));
        Assert.Equal(new Ds(60485, 5, 1, new(Convert.FromHexString("2BB183AF5F22588179A53B0A98631FAD1A292118"))), Read(RrTypes.Ds, "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118"));
        Assert.Equal([1, 15, 46, 47, 1234], Read(RrTypes.Nsec, "host.example.com. A MX RRSIG NSEC TYPE1234").Types);
        Assert.Equal("\"a\" \"b\\\"\"", Read(RrTypes.Txt, "a \"b\\\"\"").Strings.ToString());
        Assert.Equal([ServiceKey.Alpn, ServiceKey.Port], Read(RrTypes.Svcb, "1 . port=53 alpn=h2").Parameters.Select(parameter => parameter.Key));
        Assert.Equal(0x00005e00532aUL, Read(RrTypes.Eui48, "00-00-5e-00-53-2a").Value);
    }

    private static Dns.Names.DomainName Names(string text) => Dns.Names.DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text, nameof(text));

    private static T Read<T>(RrType<T> type, string text)
        where T : IEquatable<T>
    {
        Assert.True(RecordText.TryParse(type, text, null, out var rdata, out _));
        return type.Codec.FromOctets(rdata);
    }

    private static byte[] ThroughValue(RrType type, byte[] rdata)
    {
        var codec = type.GetType().GetProperty("Codec")!.GetValue(type)!;
        var method = typeof(CodecTests).GetMethod(nameof(ThroughCodec), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        return (byte[])method.MakeGenericMethod(type.GetType().GetGenericArguments()).Invoke(null, [codec, rdata])!;
    }

    private static byte[] ThroughCodec<T>(RdataCodec<T> codec, byte[] rdata) => codec.ToOctets(codec.FromOctets(rdata)).Span.ToArray();
}
