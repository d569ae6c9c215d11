using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Git.Objects;
using Riad.Git.Packs;
using Xunit;

namespace Riad.Git.Tests.Packs;

public sealed class PackReceiverTests
{
    private static readonly byte[] Hello = Encoding.ASCII.GetBytes("hello, hello, hello\n");
    private static readonly ObjectId HelloId = ObjectHash.Compute(ObjectKind.Blob, Hello);
    private static readonly ObjectId Unknown = ObjectId.TryParse("1234567812345678123456781234567812345678", out var id) ? id : default;

    // Copy all 20 octets, then insert "!".
    private static readonly byte[] Append = PackBuilder.DeltaOf(20, 21, 0x90, 20, 1, (byte)'!');
    private static readonly ObjectId AppendedId = ObjectHash.Compute(ObjectKind.Blob, [.. Hello, (byte)'!']);

    private static readonly PackLimits Limits = new() { Objects = 100, ObjectOctets = 1 << 20, TotalOctets = 4 << 20, DeltaDepth = 10, RetainedOctets = 100 };

    public static TheoryData<string, byte[], PackFault> Hostile => new()
    {
        // why                                      pack                                                                                fault
        { "empty",                                  [],                                                                                 PackFault.Truncated },
        { "only a header",                          new PackBuilder().Build(1)[..12],                                                   PackFault.Truncated },
        { "not a pack",                             Encoding.ASCII.GetBytes("JUNK\0\0\0\u0002\0\0\0\0"),                                PackFault.BadHeader },
        { "version 3",                              new PackBuilder().Build(version: 3),                                                PackFault.BadHeader },
        { "more objects than allowed",              new PackBuilder().Build(101),                                                       PackFault.TooManyObjects },
        { "four thousand million objects",          new PackBuilder().Build(uint.MaxValue),                                             PackFault.TooManyObjects },
        { "more objects than it can hold",          new PackBuilder().Build(90),                                                        PackFault.Truncated },
        { "fewer objects than it holds",            new PackBuilder().Blob(Hello).Blob("x"u8).Build(1),                                 PackFault.TrailingOctets },
        { "cut in an entry",                        new PackBuilder().Blob(Hello).Build()[..20],                                        PackFault.Truncated },
        { "cut in the checksum",                    new PackBuilder().Blob(Hello).Build()[..^1],                                        PackFault.Truncated },
        { "octets after the end",                   [.. new PackBuilder().Blob(Hello).Build(), 0],                                      PackFault.TrailingOctets },
        { "wrong checksum",                         Flip(new PackBuilder().Blob(Hello).Build(), ^1),                                    PackFault.WrongChecksum },
        { "a kind that does not exist",             new PackBuilder().Add(5, 1, [], PackBuilder.ZLib("x"u8)).Build(),                   PackFault.BadEntry },
        { "kind zero",                              new PackBuilder().Add(0, 1, [], PackBuilder.ZLib("x"u8)).Build(),                   PackFault.BadEntry },
        { "a length that never ends",               new PackBuilder().Raw([0xB0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]).Build(1), PackFault.BadEntry },
        { "not compressed",                         new PackBuilder().Add(3, 20, [], Hello).Build(),                                    PackFault.BadCompression },
        { "longer than declared",                   new PackBuilder().Add(3, 19, [], PackBuilder.ZLib(Hello)).Build(),                  PackFault.BadCompression },
        { "shorter than declared",                  new PackBuilder().Add(3, 21, [], PackBuilder.ZLib(Hello)).Build(),                  PackFault.BadCompression },
        { "content is corrupt",                     new PackBuilder().Add(3, 20, [], Flip(PackBuilder.ZLib(Hello), ^1)).Build(),        PackFault.BadCompression },
        { "an object longer than allowed",          new PackBuilder().Add(3, (1 << 20) + 1, [], PackBuilder.ZLib(Hello)).Build(),       PackFault.ObjectTooLong },
        { "an object of eight exabytes",            new PackBuilder().Add(3, long.MaxValue, [], PackBuilder.ZLib(Hello)).Build(),       PackFault.BadEntry },
        { "zip bomb: five megabytes in all",        Bomb(5),                                                                            PackFault.TooMuchContent },
        { "delta bomb: a result of two gigabytes",  new PackBuilder().Blob(Hello).Delta(HelloId, PackBuilder.DeltaOf(20, int.MaxValue, 0x90, 20)).Build(), PackFault.ObjectTooLong },
        { "deltas eleven deep",                     Chain(11),                                                                          PackFault.DeltasTooDeep },
        { "delta on nothing",                       new PackBuilder().Delta(Unknown, Append).Build(),                                   PackFault.MissingBase },
        { "delta on itself",                        new PackBuilder().Blob(Hello).Add(6, Append.Length, [0], PackBuilder.ZLib(Append)).Build(), PackFault.BadEntry },
        { "delta on what is before the pack",       new PackBuilder().Blob(Hello).Add(6, Append.Length, [100], PackBuilder.ZLib(Append)).Build(), PackFault.MissingBase },
        { "delta on a place between entries",       new PackBuilder().Blob(Hello).Near(13, Append).Build(),                             PackFault.MissingBase },
        { "deltas on each other",                   Circle(),                                                                           PackFault.CyclicDeltas },
        { "delta for another base",                 new PackBuilder().Blob(Hello).Near(12, PackBuilder.DeltaOf(19, 1, 1, 65)).Build(), PackFault.BadDelta },
        { "delta that copies from outside",         new PackBuilder().Blob(Hello).Near(12, PackBuilder.DeltaOf(20, 20, 0x91, 1, 20)).Build(), PackFault.BadDelta },
        { "delta that copies 64 KiB by saying 0",   new PackBuilder().Blob(Hello).Near(12, PackBuilder.DeltaOf(20, 20, 0x80)).Build(), PackFault.BadDelta },
        { "delta that writes too little",           new PackBuilder().Blob(Hello).Near(12, PackBuilder.DeltaOf(20, 2, 1, 65)).Build(), PackFault.BadDelta },
        { "delta that writes too much",             new PackBuilder().Blob(Hello).Near(12, PackBuilder.DeltaOf(20, 1, 2, 65, 65)).Build(), PackFault.BadDelta },
        { "delta with the reserved instruction",    new PackBuilder().Blob(Hello).Near(12, PackBuilder.DeltaOf(20, 1, 0, 1, 65)).Build(), PackFault.BadDelta },
        { "delta with a cut insertion",             new PackBuilder().Blob(Hello).Near(12, PackBuilder.DeltaOf(20, 1, 2, 65)).Build(), PackFault.BadDelta },
        { "delta without instructions",             new PackBuilder().Blob(Hello).Near(12, [20]).Build(),                               PackFault.BadDelta },
        { "the same object twice",                  new PackBuilder().Blob(Hello).Blob(Hello).Build(),                                  PackFault.DuplicateObject },
        { "a tree that leads upwards",              new PackBuilder().Tree(TreeOf("..")).Build(),                                       PackFault.MalformedObject },
        { "a tree with .git",                       new PackBuilder().Tree(TreeOf(".GIT")).Build(),                                     PackFault.MalformedObject },
        { "a malformed commit",                     new PackBuilder().Add(1, 1, [], PackBuilder.ZLib("x"u8)).Build(),                   PackFault.MalformedObject },
        { "a tree that a delta makes bad",          BadTreeByDelta(),                                                                   PackFault.MalformedObject },
    };

    [Theory, MemberData(nameof(Hostile))]
    public void A_hostile_pack_is_refused_for_its_reason(string why, byte[] pack, PackFault fault)
    {
        var store = new MemoryObjectStore();
        _ = store.Add(ObjectKind.Blob, Encoding.ASCII.GetBytes("base of the circle.\n"));
        Assert.False(PackReceiver.TryReceive(pack, store, Limits, out _, out var error), why);
        Assert.True(error.Fault == fault, $"{why}: {error.Fault}, {error}");
        Assert.NotEmpty(error.ToString());
    }

    [Fact]
    public void Deltas_by_distance_and_by_id_are_applied_in_any_order()
    {
        // The delta by id stands before its base, and its base is itself a delta.
        var twice = PackBuilder.DeltaOf(21, 42, 0x90, 21, 0x90, 21);
        var pack = new PackBuilder().Delta(AppendedId, twice).Blob(Hello);
        var packed = pack.Near(Second(pack), Append).Build();
        Assert.True(PackReceiver.TryReceive(packed, new MemoryObjectStore(), Limits, out var received, out var error), error.ToString());
        var expected = ObjectHash.Compute(ObjectKind.Blob, [.. Hello, (byte)'!', .. Hello, (byte)'!']);
        Assert.Equal([expected, HelloId, AppendedId], received.Objects.Select(found => found.Id));
        Assert.Empty(received.MissingBases);
    }

    [Fact]
    public void The_base_of_a_thin_pack_is_found_in_the_repository_and_named()
    {
        var store = new MemoryObjectStore();
        _ = store.Add(ObjectKind.Blob, Hello);
        Assert.True(PackReceiver.TryReceive(new PackBuilder().Delta(HelloId, Append).Build(), store, Limits, out var received, out _));
        Assert.Equal(HelloId, Assert.Single(received.MissingBases));
        Assert.Equal((AppendedId, 21), (received.Objects[0].Id, received.Objects[0].ContentOctets));
    }

    [Theory]
    [InlineData(1 << 20, 1)]
    [InlineData((1 << 20) - 1, 0)]
    public void Large_contents_are_kept_as_far_as_there_is_room(int room, int kept)
    {
        byte[] large = [.. Enumerable.Range(0, 1 << 20).Select(i => (byte)(i >> 8))];
        var pack = new PackBuilder().Blob(Hello).Blob(large).Delta(HelloId, Append).Build();
        Assert.True(PackReceiver.TryReceive(pack, new MemoryObjectStore(), Limits with { KeptOctets = room }, out var received, out var error), error.ToString());
        Assert.Equal(kept, received.Kept.Count);
        Assert.All(received.Kept, content => Assert.Equal(content.Key, ObjectHash.Compute(content.Value.Kind, content.Value.Content.Span)));
        Assert.Equal([HelloId, ObjectHash.Compute(ObjectKind.Blob, large), AppendedId], received.Objects.Select(found => found.Id));
    }

    [Fact]
    public void A_base_that_is_in_the_repository_and_comes_again_is_no_circle()
    {
        var store = new MemoryObjectStore();
        _ = store.Add(ObjectKind.Blob, Hello);
        _ = store.Add(ObjectKind.Blob, (byte[])[.. Hello, (byte)'!']);
        var pack = new PackBuilder().Delta(AppendedId, PackBuilder.DeltaOf(21, 1, 1, 65)).Delta(HelloId, Append).Build();
        Assert.True(PackReceiver.TryReceive(pack, store, Limits, out var received, out var error), error.ToString());
        Assert.Equal(HelloId, Assert.Single(received.MissingBases));
    }

    [Fact]
    public void Another_content_under_a_known_id_is_a_collision()
    {
        Assert.False(PackReceiver.TryReceive(new PackBuilder().Blob(Hello).Build(), new Colliding(), Limits, out _, out var error));
        Assert.Equal((PackFault.Collision, HelloId), (error.Fault, error.Id));
    }

    [Fact]
    public void Reading_never_throws_whatever_the_octets()
    {
        var good = new PackBuilder().Blob(Hello).Near(12, Append).Tree(TreeOf("a")).Build();
        Prop.ForAll<byte[], int, byte>((tail, place, value) =>
        {
            var changed = good.ToArray();
            changed[Math.Abs(place % changed.Length)] ^= value;
            foreach (var pack in (byte[][])[changed, [.. good[..Math.Abs(place % good.Length)], .. tail], [.. "PACK\0\0\0\u0002\0\0\0\u0001"u8, .. tail]])
                _ = PackReceiver.TryReceive(pack, new MemoryObjectStore(), Limits, out _, out _);
            return true;
        }).QuickCheckThrowOnFailure();
    }

    private static int Second(PackBuilder pack) => pack.Position - PackBuilder.ZLib(Hello).Length - 2;

    private static byte[] Flip(byte[] octets, Index place)
    {
        octets[place] ^= 1;
        return octets;
    }

    private static byte[] TreeOf(string name) => [.. "40000 "u8, .. Encoding.ASCII.GetBytes(name), 0, .. Enumerable.Repeat((byte)7, 20)];

    private static byte[] Bomb(int count)
    {
        var pack = new PackBuilder();
        for (var index = 0; index < count; index++)
            _ = pack.Blob((byte[])[(byte)index, .. new byte[(1 << 20) - 1]]);
        return pack.Build();
    }

    private static byte[] Chain(int depth)
    {
        var pack = new PackBuilder().Blob(Hello);
        for (var (index, place) = (0, 12); index < depth; index++)
        {
            var next = pack.Position;
            _ = pack.Near(place, PackBuilder.DeltaOf(20 + index, 21 + index, 0x90, (byte)(20 + index), 1, 65));
            place = next;
        }
        return pack.Build();
    }

    /// <summary>The repository has A. The pack has A as a delta on B, and B as a delta on A.</summary>
    private static byte[] Circle()
    {
        var a = Encoding.ASCII.GetBytes("base of the circle.\n");
        var b = ObjectHash.Compute(ObjectKind.Blob, [.. a, (byte)'!']);
        return new PackBuilder()
            .Delta(ObjectHash.Compute(ObjectKind.Blob, a), Append)
            .Delta(b, PackBuilder.DeltaOf(21, 20, 0x90, 20))
            .Build();
    }

    private static byte[] BadTreeByDelta()
    {
        var tree = TreeOf("aa");
        return new PackBuilder().Tree(tree).Near(12, PackBuilder.DeltaOf(tree.Length, tree.Length, 0x90, 6, 2, (byte)'.', (byte)'.', 0x91, 8, (byte)(tree.Length - 8))).Build();
    }

    private sealed class Colliding : IObjectStore
    {
        public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content)
        {
            (kind, content) = (ObjectKind.Blob, "another"u8.ToArray());
            return true;
        }

        public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets) => throw new InvalidOperationException();

        public bool Contains(ObjectId id) => true;
    }
}
