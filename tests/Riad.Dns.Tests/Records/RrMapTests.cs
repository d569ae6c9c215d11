using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Records;
using Xunit;

namespace Riad.Dns.Tests.Records;

public sealed class RrMapTests
{
    private static readonly RrSet<IPv4Address> Addresses = new(new(300), [new(1), new(2)]);

    [Fact]
    public void What_was_stored_is_found_by_its_key_alone()
    {
        var start = new Rr<Soa>(new(60), new(Dns.Names.DomainName.Root, Dns.Names.DomainName.Root, new(1), 2, 3, 4, 5));
        var map = RrMap.Empty.With(RrTypes.Soa, start).With(RrTypes.A, Addresses);
        RrSet<IPv4Address>? found = map.Find(RrTypes.A);
        Rr<Soa>? soa = map.Find(RrTypes.Soa);
        Assert.Equal((Addresses, start), (found, soa));
        Assert.Null(map.Find(RrTypes.Mx));
        Assert.Equal([RrTypes.A, RrTypes.Soa], map.Types);
        Assert.True(map.Without(RrTypes.A).Without(RrTypes.Soa).IsEmpty);
    }

    [Fact]
    public void Unlisted_type_holds_octets()
    {
        Assert.True(RrTypes.TryUnknown(731, out var type));
        var map = RrMap.Empty.With(type, new(new(1), [new([1, 2])]));
        Assert.True(RrTypes.TryUnknown(731, out var again));
        Assert.Equal(new([1, 2]), map.Find(again)!.Values[0]);
    }

    // The compiler's proof, seen from outside: the value's type stands in the key's, and no overload takes an untyped key or value.
    [Fact]
    public void No_signature_lets_a_value_pass_under_the_wrong_key()
    {
        foreach (var method in typeof(RrMap).GetMethods().Where(method => method.Name is nameof(RrMap.Find) or nameof(RrMap.With)))
        {
            var key = method.GetParameters()[0].ParameterType;
            var value = method.Name == nameof(RrMap.Find) ? method.ReturnType : method.GetParameters()[1].ParameterType;
            var expected = key.GetGenericTypeDefinition() == typeof(SingletonRrType<>) ? typeof(Rr<>) : typeof(RrSet<>);
            Assert.Equal(expected, value.GetGenericTypeDefinition());
            Assert.Equal(key.GetGenericArguments(), value.GetGenericArguments());
        }
    }

    [Fact]
    public void Keys_are_made_nowhere_else() =>
        Assert.All((Type[])[typeof(RrType), typeof(RrType<>), typeof(SingletonRrType<>)], type => Assert.Empty(type.GetConstructors()));

    [Theory]
    [InlineData(0)]
    [InlineData(QueryTypes.Opt)]
    [InlineData(128)]
    [InlineData(QueryTypes.Tkey)]
    [InlineData(QueryTypes.Tsig)]
    [InlineData(QueryTypes.Ixfr)]
    [InlineData(QueryTypes.Axfr)]
    [InlineData(QueryTypes.Any)]
    public void Type_of_messages_alone_has_no_key(ushort code)
    {
        Assert.False(RrTypes.TryUnknown(code, out _));
        Assert.False(RrTypes.TryFromCode(code, out _));
        Assert.False(RrTypes.TryParse($"TYPE{code}", out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => RrTypes.FromCode(code));
    }

    [Fact]
    public void Listed_number_is_no_unknown_type() => Assert.All(RrTypes.Known, type => Assert.False(RrTypes.TryUnknown(type.Code, out _)));

    [Theory]
    [InlineData("mx", "MX")]
    [InlineData("TYPE15", "MX")]
    [InlineData("type65280", "TYPE65280")]
    [InlineData("NSEC3PARAM", "NSEC3PARAM")]
    public void Mnemonic_is_read_in_any_case(string text, string mnemonic) => Assert.Equal(mnemonic, RecordText.Type(text).Mnemonic);

    [Theory]
    [InlineData("AAAAA")]
    [InlineData("ANY")]
    [InlineData("TYPE")]
    [InlineData("TYPE65536")]
    [InlineData("TYPE-1")]
    [InlineData("")]
    [InlineData("a very long word that is no type")]
    public void Other_words_are_no_types(string text) => Assert.False(RrTypes.TryParse(text, out _));
}
