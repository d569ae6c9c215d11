using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Git.Objects;
using Riad.Git.Packs;
using Riad.ZoneRepository.Updates;

namespace Riad.ZoneRepository.Tests.Updates;

public sealed class EditedTextTests
{
    [Fact]
    public void Versions_are_differences_to_the_one_before_and_the_first_of_a_group_to_what_was_met_first()
    {
        var (store, first) = NewStore("a A 192.0.2.1\n");
        var text = new EditedText(first, store.Content(first));

        var one = Assert.Single(Change(text, (14, 14, "b A 192.0.2.2\n")).Deltas);
        var two = Assert.Single(Change(text, (28, 28, "c A 192.0.2.3\n")).Deltas);
        text.BeginGroup();
        var three = Assert.Single(Change(text, (0, 14, "")).Deltas);

        Assert.Equal([first, one.Id, first], new[] { one.Base, two.Base, three.Base });
        Assert.Equal(GitObject.Create(ObjectKind.Blob, "b A 192.0.2.2\nc A 192.0.2.3\n"u8.ToArray()).Id, three.Id);
    }

    [Fact]
    public void What_is_as_it_was_met_is_not_stored_again()
    {
        var (store, first) = NewStore("a A 192.0.2.1\n");
        var text = new EditedText(first, store.Content(first));

        Change(text, (14, 14, "b A 192.0.2.2\n"));
        var back = Change(text, (14, 28, ""));

        Assert.Empty(back.Deltas);
        Assert.Empty(back.Whole);
        Assert.Equal(first, text.Blob);
        Assert.Equal("a A 192.0.2.1\n"u8.ToArray(), store.Content(first)); // the store's own octets are not written to
    }

    [Fact]
    public void A_text_that_has_become_another_is_stored_whole_and_is_the_base_from_then_on()
    {
        var (store, first) = NewStore("a A 192.0.2.1\n");
        var text = new EditedText(first, store.Content(first));

        var whole = Assert.Single(Change(text, (14, 14, new string(';', 10_000))).Whole);
        var next = Assert.Single(Change(text, (0, 14, "")).Deltas);

        Assert.Equal(whole.Id, next.Base);
    }

    [Theory]
    [InlineData(0, 24)]
    [InlineData(16, 24)]
    [InlineData(23, 24)]
    [InlineData(24, 24)]
    [InlineData(0, 1)]
    public void What_comes_behind_what_goes_needs_no_more_room_than_there_is(int spare, int moved)
    {
        var (store, first) = NewStore("a A 192.0.2.1 ; some more text\n");
        var text = new EditedText(first, store.Content(first));
        var length = text.Text.Length;
        Change(text, (length, length, ";"));
        Change(text, (length, length, new string('x', (1 << 16) - spare - 1))); // of the spare octets that a text begins with
        var expected = Encoding.ASCII.GetString(text.Text.Span);
        length = expected.Length;

        Change(text, (0, moved, ""), (length, length, new string('y', moved)));

        Assert.Equal(expected[moved..] + new string('y', moved), Encoding.ASCII.GetString(text.Text.Span));
        Assert.Equal(GitObject.Create(ObjectKind.Blob, text.Text.ToArray()).Id, text.Blob);
    }

    [Fact]
    public void The_versions_stored_are_the_texts_whatever_was_changed() => Prop.ForAll<byte[], (byte, byte, byte, byte[])[]>((content, changes) =>
    {
        var store = new MemoryObjectStore();
        var expected = content.ToList();
        var text = new EditedText(store.Add(ObjectKind.Blob, content.ToArray()), content.ToArray());
        foreach (var (kind, from, count, octets) in changes)
        {
            if (kind % 4 == 0)
                text.BeginGroup();
            var start = from % (expected.Count + 1);
            var end = start + (count % (expected.Count - start + 1));
            byte[] next = (kind % 16) switch { 1 => [.. Enumerable.Repeat(kind, 5000)], 2 => [.. Enumerable.Repeat(kind, (1 << 16) - count)], _ => octets };
            var tail = expected.Count - end;
            expected.RemoveRange(start, end - start);
            expected.InsertRange(start, next);
            // Also a second piece behind the first, sometimes long.
            byte[] more = kind % 6 == 0 ? [.. Enumerable.Repeat(kind, count)] : [kind];
            var versions = new NewVersions();
            text.Change(kind % 3 == 0 ? [new(start, end, new(next)), new(end + tail, end + tail, new(more))] : [new(start, end, new(next))], versions);
            if (kind % 3 == 0)
                expected.AddRange(more);
            foreach (var whole in versions.Whole)
                store.Add(whole);
            foreach (var delta in versions.Deltas)
                Assert.Equal(delta.Id, store.Add(ObjectKind.Blob, Apply(store, delta)));
            Assert.Equal(expected, text.Text.ToArray());
            Assert.Equal(expected, store.Content(text.Blob));
        }
    }).QuickCheckThrowOnFailure();

    private static NewVersions Change(EditedText text, params (int Start, int End, string Text)[] splices)
    {
        var versions = new NewVersions();
        text.Change(splices.Select(splice => new TextSplice(splice.Start, splice.End, new(Encoding.ASCII.GetBytes(splice.Text)))).ToSeq(), versions);
        return versions;
    }

    private static (MemoryObjectStore Store, ObjectId Id) NewStore(string text)
    {
        var store = new MemoryObjectStore();
        return (store, store.Add(ObjectKind.Blob, Encoding.ASCII.GetBytes(text)));
    }

    internal static byte[] Apply(MemoryObjectStore store, ObjectDelta delta)
    {
        Assert.True(Delta.TryReadLengths(delta.Delta.Span, out _, out var octets, out _));
        var result = new byte[octets];
        Assert.True(Delta.TryApply(store.Content(delta.Base), delta.Delta.Span, result));
        return result;
    }
}

internal static class StoreContents
{
    public static byte[] Content(this MemoryObjectStore store, ObjectId id)
    {
        Assert.True(store.TryRead(id, out var kind, out var content) && kind is ObjectKind.Blob);
        return content.ToArray();
    }
}
