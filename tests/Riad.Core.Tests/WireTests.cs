using Riad.Core;
using Xunit;

namespace Riad.Core.Tests;

public sealed class WireTests
{
    [Fact]
    public void Reader_keeps_its_first_fault_and_moves_no_more()
    {
        var reader = new WireReader([1, 2, 3]);
        Assert.Equal(0x0102, reader.ReadUInt16());
        Assert.Equal(0u, reader.ReadUInt32());
        Assert.Equal(0, reader.ReadByte());

        Assert.False(reader.TryFinish(out var error));
        Assert.Equal(new WireError(WireFault.Truncated, 2), error);
    }

    [Fact]
    public void Reader_calls_octets_left_over_by_name()
    {
        var reader = new WireReader([1, 2, 3]);
        _ = reader.ReadUInt16();

        Assert.False(reader.TryFinish(out var error));
        Assert.Equal(new WireError(WireFault.TrailingOctets, 2), error);
    }

    [Fact]
    public void Narrowed_part_ends_where_it_was_told()
    {
        var reader = new WireReader([1, 2, 3, 4]);
        var outer = reader.Narrow(2);
        _ = reader.ReadByte();
        Assert.Equal(1, reader.Remaining);
        _ = reader.ReadByte();
        reader.Widen(outer);

        Assert.Equal(0x0304, reader.ReadUInt16());
        Assert.True(reader.TryFinish(out _));
    }

    [Fact]
    public void Narrowed_part_that_is_not_read_to_its_end_is_a_fault()
    {
        var reader = new WireReader([1, 2, 3, 4]);
        var outer = reader.Narrow(2);
        _ = reader.ReadByte();
        reader.Widen(outer);

        Assert.Equal(new WireError(WireFault.TrailingOctets, 1), reader.Error);
    }

    [Fact]
    public void Writer_stops_at_the_first_value_that_does_not_fit()
    {
        var writer = new WireWriter(stackalloc byte[3]);
        writer.WriteUInt16(0x0102);
        writer.WriteUInt16(0x0304);
        writer.WriteByte(5);

        Assert.True(writer.Overflowed);
        Assert.Equal<byte>([1, 2], writer.Written.ToArray());
    }

    [Fact]
    public void Writer_that_is_cut_back_goes_on()
    {
        var writer = new WireWriter(stackalloc byte[3]);
        writer.WriteUInt16(0x0102);
        writer.WriteUInt16(0x0304);
        writer.CutBack(0);
        writer.WriteByte(5);

        Assert.False(writer.Overflowed);
        Assert.Equal<byte>([5], writer.Written.ToArray());
    }
}
