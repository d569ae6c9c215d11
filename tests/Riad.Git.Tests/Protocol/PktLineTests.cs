using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Git.Protocol;
using Xunit;

namespace Riad.Git.Tests.Protocol;

public sealed class PktLineTests
{
    public static TheoryData<string, string, PktLineKind, string> Examples => new()
    {
        // why                        octets             kind                     payload
        { "the manual's first",       "0006a\n",         PktLineKind.Text,        "a\n" },
        { "the manual's second",      "0005a",           PktLineKind.Text,        "a" },
        { "the manual's third",       "000bfoobar\n",    PktLineKind.Text,        "foobar\n" },
        { "the manual's fourth",      "0004",            PktLineKind.Text,        "" },
        { "flush",                    "0000",            PktLineKind.Flush,       "" },
        { "delimiter",                "0001",            PktLineKind.Delimiter,   "" },
        { "response end",             "0002",            PktLineKind.ResponseEnd, "" },
        { "upper case digits",        "000Bfoobar\n",    PktLineKind.Text,        "foobar\n" },
        { "the end of the octets",    "",                PktLineKind.None,        "" },
    };

    [Theory, MemberData(nameof(Examples))]
    public void A_line_is_read(string why, string octets, PktLineKind kind, string payload)
    {
        var reader = new PktLineReader(Encoding.ASCII.GetBytes(octets));

        Assert.Equal(kind, reader.Read(out var found));
        Assert.Equal(payload, Encoding.ASCII.GetString(found));
        Assert.True(reader.Position == octets.Length, why);
        Assert.Equal(default, reader.Error);
    }

    public static TheoryData<string, string, PktLineFault, int> Faults => new()
    {
        // why                            octets         fault                    offset
        { "length 3 means nothing",       "0003",        PktLineFault.Length,     0 },
        { "longer than 65520",            "fff1",        PktLineFault.Length,     0 },
        { "no digits",                    "zzzz",        PktLineFault.Length,     0 },
        { "a sign is no digit",           "+004",        PktLineFault.Length,     0 },
        { "cut in the length",            "00",          PktLineFault.Truncated,  0 },
        { "cut in the payload",           "0005",        PktLineFault.Truncated,  0 },
        { "the longest line, cut",        "fff0",        PktLineFault.Truncated,  0 },
        { "after a good line",            "0005a000",    PktLineFault.Truncated,  5 },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_has_the_offset_of_its_line(string why, string octets, PktLineFault fault, int offset)
    {
        var reader = new PktLineReader(Encoding.ASCII.GetBytes(octets));
        while (reader.Read(out _) is not PktLineKind.None)
        {
        }

        Assert.True(reader.Error == new PktLineError(fault, offset), why);
        Assert.Equal(offset, reader.Position);
    }

    [Fact]
    public void Read_undoes_Write() => Prop.ForAll<byte[][]>(payloads =>
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new PktLineWriter(output);
        foreach (var payload in payloads)
            writer.WriteOctets(payload);
        writer.WriteDelimiter();
        writer.WriteFlush();

        var reader = new PktLineReader(output.WrittenSpan);
        foreach (var payload in payloads)
        {
            if (reader.Read(out var found) is not PktLineKind.Text || !found.SequenceEqual(payload))
                return false;
        }
        return reader.Read(out _) is PktLineKind.Delimiter && reader.Read(out _) is PktLineKind.Flush && reader.Read(out _) is PktLineKind.None && reader.Error == default;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_never_throws_whatever_the_octets() => Prop.ForAll<byte[]>(octets =>
    {
        var reader = new PktLineReader(octets);
        while (reader.Read(out _) is not PktLineKind.None)
        {
        }
        return (reader.Error.Fault is PktLineFault.None) == (reader.Position == octets.Length) && reader.Error.Offset <= octets.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_text_that_is_too_long_is_cut_between_characters()
    {
        var output = new ArrayBufferWriter<byte>();
        new PktLineWriter(output).WriteText(new string('é', 40000));

        var reader = new PktLineReader(output.WrittenSpan);
        Assert.Equal(PktLineKind.Text, reader.Read(out var payload));
        // 65515 octets have room for 32757 characters of two octets, and for the newline.
        Assert.Equal((2 * 32757) + 1, payload.Length);
        Assert.Equal((byte)'\n', payload[^1]);
        Assert.Equal(PktLineKind.None, reader.Read(out _));
    }

    [Fact]
    public void A_side_band_splits_what_is_longer_than_a_piece()
    {
        var output = new ArrayBufferWriter<byte>();
        new SideBandWriter(output, SideBandWriter.SmallPayloadOctets).WriteData(new byte[1000]);

        var reader = new PktLineReader(output.WrittenSpan);
        Assert.Equal(PktLineKind.Text, reader.Read(out var first));
        Assert.Equal((996, (byte)1), (first.Length, first[0]));
        Assert.Equal(PktLineKind.Text, reader.Read(out var second));
        Assert.Equal((6, (byte)1), (second.Length, second[0]));
    }

    public static TheoryData<string, string, string> Texts => new()
    {
        // why                          text                  cleaned
        { "plain",                      "example.org:12:9",   "example.org:12:9" },
        { "lines and tabs stay",        "a\n\tb\n",           "a\n\tb\n" },
        { "letters of the world stay",  "größe 例え 🙂",       "größe 例え 🙂" },
        { "an escape sequence",         "\u001b[31mred",      "\uFFFD[31mred" },
        { "carriage return",            "good\rbad",          "good\uFFFDbad" },
        { "a C1 control",               "a\u009bb",           "a\uFFFDb" },
        { "reading direction",          "a\u202eb",           "a\uFFFDb" },
        { "half a character",           "a\ud800b",           "a\uFFFDb" },
    };

    [Theory, MemberData(nameof(Texts))]
    public void Text_of_a_repository_is_harmless_on_a_terminal(string why, string text, string cleaned) =>
        Assert.True(TerminalText.Clean(text) == cleaned, why);

    public static TheoryData<string?, ProtocolVersion> Headers => new()
    {
        { null, ProtocolVersion.V0 },
        { "", ProtocolVersion.V0 },
        { "version=2", ProtocolVersion.V2 },
        { "version=1", ProtocolVersion.V1 },
        { "version=3", ProtocolVersion.V0 },
        { "key:version=1:version=2:other=3", ProtocolVersion.V2 },
    };

    [Theory, MemberData(nameof(Headers))]
    public void The_highest_known_version_is_spoken(string? header, ProtocolVersion version) =>
        Assert.Equal(version, ProtocolVersions.Read(header));
}
