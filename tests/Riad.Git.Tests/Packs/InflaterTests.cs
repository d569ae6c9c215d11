using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Git.Packs;
using Xunit;

namespace Riad.Git.Tests.Packs;

public sealed class InflaterTests
{
    public static TheoryData<string, string, int, InflateFault> Faults => new()
    {
        // why                              octets                                          length  fault
        { "empty",                          "",                                             0,      InflateFault.Truncated },
        { "not deflate",                    "7901",                                         0,      InflateFault.BadHeader },
        { "wrong header check",             "789D",                                         0,      InflateFault.BadHeader },
        { "preset dictionary",              "78BB",                                         0,      InflateFault.BadHeader },
        { "no content",                     "789C",                                         0,      InflateFault.Truncated },
        { "empty content",                  "789C030000000001",                             0,      InflateFault.None },
        { "empty content, cut checksum",    "789C0300000000",                               0,      InflateFault.Truncated },
        { "reserved block",                 "789C07",                                       0,      InflateFault.BadCode },
        { "stored block",                   "7801010100FEFF610062" + "0062",                1,      InflateFault.None },
        { "stored block, lengths differ",   "7801010100FEFE610062" + "0062",                1,      InflateFault.BadCode },
        { "stored block, cut",              "7801010100FEFF",                               1,      InflateFault.Truncated },
        { "stored block, too long",         "7801010100FEFF610062" + "0062",                0,      InflateFault.WrongLength },
        { "distance before the start",      "789C034200",                                   300,    InflateFault.BadCode },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_is_named(string why, string octets, int length, InflateFault fault)
    {
        var input = Convert.FromHexString(octets);
        // "a" stored: its Adler-32 is 00620062.
        var good = new Inflater().TryInflate(input, new byte[length], out _, out var found);
        Assert.True(found == fault, $"{why}: {found}");
        Assert.Equal(fault is InflateFault.None, good);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void What_zlib_wrote_is_read_to_its_exact_end(CompressionLevel level)
    {
        var zone = string.Concat(Enumerable.Range(0, 20_000).Select(host => $"host{host} 3600 IN A 192.0.{host % 251}.{host * 7 % 253}\n"));
        byte[][] contents = [[1], new byte[100_000], Encoding.ASCII.GetBytes(zone), Noise(70_000), [.. Noise(1000), .. new byte[1000], .. Encoding.ASCII.GetBytes(zone)[..5000]]];
        var inflater = new Inflater();
        foreach (var content in contents)
        {
            using var stream = new MemoryStream();
            using (var zlib = new ZLibStream(stream, level, leaveOpen: true))
                zlib.Write(content);
            var length = (int)stream.Length;
            stream.Write(Noise(50));
            var output = new byte[content.Length];
            Assert.True(inflater.TryInflate(stream.ToArray(), output, out var consumed, out var fault), fault.ToString());
            Assert.Equal(length, consumed);
            Assert.Equal(content, output);
        }
    }

    [Fact]
    public void Inflating_undoes_deflating() => Prop.ForAll<byte[], byte[]>((seed, more) =>
    {
        byte[] content = [.. seed, .. more, .. seed, .. seed, .. more];
        var output = new byte[content.Length];
        var compressed = Compression.Compress(content);
        return new Inflater().TryInflate(compressed.Span, output, out var consumed, out _) && consumed == compressed.Length && output.AsSpan().SequenceEqual(content);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Corrupt_octets_never_throw_and_never_pass()
    {
        var content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 60).Select(host => $"host{host} A 192.0.2.{host % 250}\n")));
        var good = Compression.Compress(content).ToArray();
        var inflater = new Inflater();
        var output = new byte[content.Length];
        for (var place = 0; place < good.Length; place++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                good[place] ^= (byte)(1 << bit);
                // A changed header may name another level or window and still be right; the last octet before the checksum has bits that mean nothing.
                if (inflater.TryInflate(good, output, out _, out _))
                    Assert.True(output.AsSpan().SequenceEqual(content) && (place < 2 || place == good.Length - 5), $"octet {place} bit {bit}");
                good[place] ^= (byte)(1 << bit);
            }
            Assert.False(inflater.TryInflate(good.AsSpan(0, place), output, out _, out _));
        }
    }

    private static byte[] Noise(int length)
    {
        // A linear congruential generator: the same in every run.
        var octets = new byte[length];
        var state = 12345u;
        for (var index = 0; index < length; index++)
            octets[index] = (byte)((state = (state * 1664525) + 1013904223) >> 24);
        return octets;
    }
}
