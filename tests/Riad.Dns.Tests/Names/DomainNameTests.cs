using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Dns.Names;
using Xunit;

namespace Riad.Dns.Tests.Names;

public sealed class DomainNameTests
{
    private static readonly string Label63 = new('a', 63);

    public static TheoryData<string, string, string> RoundTrip => new()
    {
        // why                              text                        wire
        { "root",                           ".",                        "00" },
        { "two labels",                     "a.bc.",                    "01610262 6300" },
        { "case is kept",                   "A.bC.",                    "01410262 4300" },
        { "escaped dot",                    "a\\.b.",                   "03612e62 00" },
        { "escaped backslash",              "\\\\.",                    "015c00" },
        { "octet by number",                "\\000\\255.",              "0200ff00" },
        { "space by number",                "a\\032b.",                 "03612062 00" },
        { "wildcard",                       "*.example.",               "012a0765 78616d70 6c6500" },
        { "quote, semicolon and at sign",   "\\\"\\;\\@.",              "03223b40 00" },
    };

    public static TheoryData<string, string, NameFault> Refused => new()
    {
        { "nothing",                        "",                         NameFault.Empty },
        { "dot in front",                   ".a.",                      NameFault.EmptyLabel },
        { "two dots",                       "a..b.",                    NameFault.EmptyLabel },
        { "label of 64",                    Label63 + "a.",             NameFault.LabelTooLong },
        { "256 octets",                     $"{Label63}.{Label63}.{Label63}.{new string('a', 62)}.", NameFault.NameTooLong },
        { "backslash at the end",           "a\\",                      NameFault.BadEscape },
        { "two digits",                     "a\\12",                    NameFault.BadEscape },
        { "number over 255",                "a\\256",                   NameFault.BadEscape },
        { "not ASCII",                      "bücher.",                  NameFault.NotAscii },
        { "no dot, no origin",              "a",                        NameFault.NotAbsolute },
    };

    [Theory, MemberData(nameof(RoundTrip))]
    public void Text_and_wire_agree(string why, string text, string wire)
    {
        Assert.True(DomainName.TryParse(Encoding.UTF8.GetBytes(text), null, out var name, out _), why);
        Assert.Equal(wire.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(name.Wire));
        Assert.Equal(text, name.ToString());
    }

    [Theory, MemberData(nameof(Refused))]
    public void Bad_text_is_refused_by_name(string why, string text, NameFault expected)
    {
        Assert.False(DomainName.TryParse(Encoding.UTF8.GetBytes(text), null, out _, out var fault), why);
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Longest_name_has_255_octets()
    {
        var text = $"{Label63}.{Label63}.{Label63}.{new string('a', 61)}.";
        Assert.True(DomainName.TryParse(Encoding.UTF8.GetBytes(text), null, out var name, out _));
        Assert.Equal(255, name.Wire.Length);
    }

    [Fact]
    public void Relative_name_is_completed_by_the_origin()
    {
        Assert.True(DomainName.TryParse("www"u8, Name("example."), out var name, out _));
        Assert.Equal("www.example.", name.ToString());
    }

    // RFC 4034 §6.1, the list in its canonical order.
    [Fact]
    public void Canonical_order_is_the_RFC_s()
    {
        DomainName[] expected =
        [
            Name("example."), Name("a.example."), Name("yljkjljk.a.example."), Name("Z.a.example."), Name("zABC.a.EXAMPLE."),
            Name("z.example."), Name("\\001.z.example."), Name("*.z.example."), Name("\\200.z.example."),
        ];
        Assert.Equal(expected, expected.Reverse().Order());
    }

    [Theory]
    [InlineData("www.example.", "EXAMPLE.", true)]
    [InlineData("example.", "example.", true)]
    [InlineData("example.", ".", true)]
    [InlineData("myexample.", "example.", false)]
    [InlineData("a\\007example.", "example.", false)]
    [InlineData("example.", "www.example.", false)]
    public void Below_counts_whole_labels(string name, string ancestor, bool below) =>
        Assert.Equal(below, Name(name).IsAtOrBelow(Name(ancestor)));

    public static TheoryData<string, string, string> Compressed => new()
    {
        // why                              message (the name begins at offset 4)        name, or the fault
        { "no pointer",                     "00000000 0161 00",                          "a." },
        { "pointer after a label",          "0161 0000 0162 c000",                       "b.a." },
        { "pointer alone",                  "0161 0000 c000",                            "a." },
        { "pointer to itself",              "00000000 c004",                             "offset 6: Malformed" },
        { "pointer ahead",                  "00000000 c006 0161 00",                     "offset 6: Malformed" },
        { "two pointers in a ring",         "c002c000 c000",                             "offset 6: Malformed" },
        { "label type 01",                  "00000000 40",                               "offset 5: Malformed" },
        { "cut in a label",                 "00000000 0361",                             "offset 5: Truncated" },
        { "cut in a pointer",               "00000000 c0",                               "offset 5: Truncated" },
        { "no end",                         "00000000 0161",                             "offset 6: Truncated" },
    };

    [Theory, MemberData(nameof(Compressed))]
    public void Compressed_name_is_read_or_its_fault_is_named(string why, string message, string expected)
    {
        var reader = new WireReader(Convert.FromHexString(message.Replace(" ", "", StringComparison.Ordinal)));
        reader.MoveTo(4);
        var name = DomainName.Read(ref reader);
        Assert.True(expected == (reader.Failed ? reader.Error.ToString() : name.ToString()), $"{why}: {reader.Error} {name}");
    }

    [Fact]
    public void Reading_never_throws_whatever_the_octets() => Prop.ForAll<byte[]>(octets =>
    {
        var reader = new WireReader(octets);
        reader.MoveTo(octets.Length / 2);
        return DomainName.Read(ref reader).Wire.Length <= 255 && reader.Position <= octets.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_name_survives_its_text() => Prop.ForAll<byte[][]>(labels =>
    {
        var name = labels.Where(label => label is { Length: > 0 and < 64 }).Take(3).Aggregate(DomainName.Root, (parent, label) => parent.Prepend(label) ?? parent);
        return DomainName.TryParse(Encoding.ASCII.GetBytes(name.ToString()), null, out var read, out _) && read.Wire.SequenceEqual(name.Wire);
    }).QuickCheckThrowOnFailure();

    private static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text, nameof(text));

    [Fact]
    public void A_name_with_control_characters_is_not_advised_to_stay_so() =>
        Assert.Equal("'b\\001\u00fc' is not ASCII; write its A-label (xn--...), or \\DDD for an octet", NameFault.NotAscii.Describe("b\u0001\u00fc"u8));
}
