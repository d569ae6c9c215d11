using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Git.Objects;
using Riad.Git.Packs;
using Xunit;

namespace Riad.Git.Tests.Packs;

public sealed class DeltaTests
{
    [Fact]
    public void A_changed_line_of_a_long_file_is_a_short_delta()
    {
        var lines = Enumerable.Range(0, 5000).Select(host => $"host{host} A 192.0.2.{host % 250}\n").ToArray();
        var before = Encoding.ASCII.GetBytes(string.Concat(lines));
        lines[2500] = "www A 203.0.113.9\n";
        lines[10] = "mail A 203.0.113.10\n";
        var after = Encoding.ASCII.GetBytes(string.Concat(lines));
        Assert.True(DeltaWriter.TryCreate(before, after, 1000, out var delta));
        Assert.True(delta.Length < 200, $"{delta.Length}");
        var result = new byte[after.Length];
        Assert.True(Delta.TryApply(before, delta.Span, result));
        Assert.Equal(after, result);
    }

    [Fact]
    public void A_delta_that_would_be_too_long_is_not_made() =>
        Assert.False(DeltaWriter.TryCreate(new byte[1000], Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 300))), 100, out _));

    [Fact]
    public void Applying_undoes_creating() => Prop.ForAll<byte[], byte[], byte[]>((one, two, three) =>
    {
        byte[] before = [.. one, .. two, .. one, .. two, .. three], after = [.. one, .. three, .. two, .. one, .. two];
        var result = new byte[after.Length];
        return DeltaWriter.TryCreate(before, after, int.MaxValue, out var delta) && Delta.TryApply(before, delta.Span, result) && result.AsSpan().SequenceEqual(after);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Applying_never_throws_whatever_the_octets() => Prop.ForAll<byte[], byte[]>((content, delta) =>
    {
        byte[] begun = [(byte)(content.Length & 0x7F), 100, .. delta];
        _ = Delta.TryApply(content.AsSpan(0, content.Length & 0x7F), begun, new byte[100]);
        return !Delta.TryApply(content, delta, new byte[7]) || true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_header_is_read_as_it_was_written() => Prop.ForAll<long, int>((length, kind) =>
    {
        var entry = (PackEntryKind)((int[])[1, 2, 3, 4, 6, 7])[Math.Abs(kind % 6)];
        var header = new PackEntryHeader(
            entry, Math.Abs(length % long.MaxValue) & 0x0FFF_FFFF_FFFF_FFFF, entry is PackEntryKind.OffsetDelta ? Math.Abs(length % 0x7F_FFFF_FFFF) + 1 : 0,
            entry is PackEntryKind.ReferenceDelta ? ObjectHash.Compute(ObjectKind.Blob, [1]) : default, 0);
        var octets = new byte[PackEntryHeader.LongestHeader];
        var written = header.Write(octets);
        return PackEntryHeader.TryRead(octets.AsSpan(0, written), out var read) && read == header with { HeaderOctets = written };
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_index_is_read_as_it_was_written_also_beyond_two_gibibytes()
    {
        PackIndexEntry[] entries =
        [
            .. Enumerable.Range(0, 300).Select(number => new PackIndexEntry(ObjectHash.Compute(ObjectKind.Blob, [(byte)number, (byte)(number >> 8)]), 12 + ((long)number << 24), (uint)number * 77)),
        ];
        var expected = entries.ToDictionary(entry => entry.Id);
        var file = PackIndexWriter.Write([.. entries], ObjectHash.Compute(ObjectKind.Blob, [9]));
        Assert.True(PackIndex.TryOpen(file, out var index));
        Assert.Equal((300, ObjectHash.Compute(ObjectKind.Blob, [9])), (index.Count, index.PackChecksum));
        foreach (var (id, entry) in expected)
        {
            Assert.True(index.TryFind(id, out var position));
            Assert.Equal(entry, new(index.IdAt(position), index.OffsetAt(position), index.ChecksumAt(position)));
        }
        Assert.False(index.TryFind(ObjectId.Zero, out _));
        for (var length = 0; length < file.Length; length += 7)
            Assert.False(PackIndex.TryOpen(file.AsMemory(0, length), out _) && (file.Length - length) % 8 != 0);
    }
}
