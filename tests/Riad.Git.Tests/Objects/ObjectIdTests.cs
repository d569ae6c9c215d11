using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Git.Tests.Objects;

public sealed class ObjectIdTests
{
    public static TheoryData<string, ObjectKind, string, string> Known => new()
    {
        // why                                  kind             content            id (git hash-object -t KIND --literally)
        { "the empty blob",                     ObjectKind.Blob, "",                "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391" },
        { "the empty tree",                     ObjectKind.Tree, "",                "4b825dc642cb6eb9a060e54bf8d69288fbee4904" },
        { "git's own example in its book",      ObjectKind.Blob, "test content\n",  "d670460b4b4aece5915caf5c68d12f560a9fe3e4" },
    };

    [Theory, MemberData(nameof(Known))]
    public void An_object_has_the_id_that_git_gives_it(string why, ObjectKind kind, string content, string id)
    {
        Assert.Equal((why, id), (why, ObjectHash.Compute(kind, Encoding.ASCII.GetBytes(content)).ToString()));
        using var hash = new ObjectHash();
        Assert.Equal(id, hash.ComputeNext(kind, Encoding.ASCII.GetBytes(content)).ToString());
    }

    [Fact]
    public void Long_content_is_hashed_as_short_content_is()
    {
        // printf '%02000d' 0 | git hash-object --stdin
        var content = Encoding.ASCII.GetBytes(new string('0', 2000));
        using var hash = new ObjectHash();
        Assert.Equal(hash.ComputeNext(ObjectKind.Blob, content), ObjectHash.Compute(ObjectKind.Blob, content));
    }

    [Theory]
    [InlineData("")]
    [InlineData("e69de29bb2d1d6434b8b29ae775ad8c2e48c539")]
    [InlineData("e69de29bb2d1d6434b8b29ae775ad8c2e48c53911")]
    [InlineData("g69de29bb2d1d6434b8b29ae775ad8c2e48c5391")]
    [InlineData("é69de29bb2d1d6434b8b29ae775ad8c2e48c5391")]
    public void What_is_not_forty_digits_is_not_an_id(string text) => Assert.False(ObjectId.TryParse(text, out _));

    [Fact]
    public void Ids_are_ordered_by_octets()
    {
        string[] ordered =
        [
            "0000000000000000000000000000000000000000", "0000000000000000000000000000000000000001",
            "0000000000000000000000000000000080000000", "00000000000000008000000000000000ffffffff",
            "7fffffffffffffffffffffffffffffffffffffff", "8000000000000000000000000000000000000000",
        ];
        var ids = ordered.Select(text => ObjectId.TryParse(text, out var id) ? id : default).ToArray();
        Assert.Equal(ids, ids.Reverse().Order());
        Assert.True(ids[0] < ids[1]);
        Assert.True(ids[0].IsZero);
    }

    [Fact]
    public void Read_undoes_write() => Prop.ForAll<byte[]>(seed =>
    {
        var id = ObjectHash.Compute(ObjectKind.Blob, seed);
        var octets = new byte[ObjectId.OctetCount];
        id.WriteTo(octets);
        return ObjectId.TryParse(id.ToString(), out var parsed) && parsed == id && ObjectId.FromOctets(octets) == id;
    }).QuickCheckThrowOnFailure();
}
