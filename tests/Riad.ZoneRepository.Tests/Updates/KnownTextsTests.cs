using Riad.Git.Objects;

namespace Riad.ZoneRepository.Tests.Updates;

public sealed class KnownTextsTests
{
    private static readonly string Hosts = string.Concat(Enumerable.Range(0, 12_000).Select(host => $"host{host} A 10.0.{host / 250}.{host % 250} ; a comment\n"));

    [Fact]
    public void The_second_update_of_a_zone_reads_no_file()
    {
        var server = UpdatedServer.Of(("example.org", Zones.Text(10, Hosts)));
        server.Update("add one 60 A 192.0.2.7");
        var (reads, files) = (new BlobReads(server.Server.Store), server.Version.Sources.Select(source => source.Blob));

        server.Update(reads, "add two 60 A 192.0.2.8", "delete host7 A", "delete one; add one 60 A 192.0.2.9");

        Assert.Empty(reads.Blobs.Intersect(files));
        Assert.EndsWith("\none 60 A 192.0.2.9\ntwo 60 A 192.0.2.8\n", server.Text("example.org"), StringComparison.Ordinal);
        UpdateTextTests.AssertReadsAsServed(server);
    }

    [Fact]
    public void A_file_that_was_pushed_since_is_read()
    {
        var server = UpdatedServer.Of(("example.org", Zones.Text(10)));
        server.Update("add one 60 A 192.0.2.7");
        server.Server.Repository.Put("example.org", server.Text("example.org") + "; by hand\n");
        server.Server.Push();

        server.Update("add two 60 A 192.0.2.8");

        Assert.EndsWith("\none 60 A 192.0.2.7\n; by hand\ntwo 60 A 192.0.2.8\n", server.Text("example.org"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_was_not_stored_leaves_nothing_behind()
    {
        var server = UpdatedServer.Of(("example.org", Zones.Text(10)));
        server.Update("add one 60 A 192.0.2.7");

        server.UpdateInVain("add lost 60 A 192.0.2.66");
        server.Update("add two 60 A 192.0.2.8");

        Assert.EndsWith("\none 60 A 192.0.2.7\ntwo 60 A 192.0.2.8\n", server.Text("example.org"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_longer_than_is_kept_is_not_read_for_records_of_the_dynamic_file()
    {
        var comment = $"; {new string('x', 100_000)}\n";
        var server = UpdatedServer.Of(
            ("example.org", Zones.Text(10, string.Concat(Enumerable.Repeat(comment, 90)) + "$INCLUDE example.org.dynamic\n")), ("example.org.dynamic", "; made by machines\n"));
        server.Update("add one 60 A 192.0.2.7");
        var (reads, files) = (new BlobReads(server.Server.Store), server.Version.Sources.Select(source => source.Blob));

        server.Update(reads, "add two 60 A 192.0.2.8", "delete one; add one 60 A 192.0.2.9");

        Assert.Empty(reads.Blobs.Intersect(files));
        Assert.Equal("; made by machines\none 60 A 192.0.2.9\ntwo 60 A 192.0.2.8\n", server.Text("example.org.dynamic"));
    }

    [Fact]
    public void A_file_longer_than_is_kept_is_stored_as_a_difference_all_the_same()
    {
        var server = UpdatedServer.Of(("example.org", Zones.Text(10, string.Concat(Enumerable.Repeat($"; {new string('x', 100_000)}\n", 90)))));
        var first = server.Version.Sources[0].Blob;

        server.Update("add one 60 A 192.0.2.7", "add two 60 A 192.0.2.8");
        var reads = new BlobReads(server.Server.Store);
        server.Update(reads, "delete one", "add three 60 A 192.0.2.9");

        Assert.NotEmpty(reads.Blobs);
        Assert.Equal(first, server.Last!.Objects.Deltas[0].Base);
        Assert.EndsWith("x\ntwo 60 A 192.0.2.8\nthree 60 A 192.0.2.9\n", server.Text("example.org"), StringComparison.Ordinal);
        UpdateTextTests.AssertReadsAsServed(server);
    }

    /// <summary>Which blobs were read.</summary>
    internal sealed class BlobReads(IObjectStore beneath) : IObjectStore
    {
        public HashSet<ObjectId> Blobs { get; } = [];

        public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content)
        {
            var found = beneath.TryRead(id, out kind, out content);
            if (kind is ObjectKind.Blob)
                Blobs.Add(id);
            return found;
        }

        public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets) => beneath.TryReadHeader(id, out kind, out octets);

        public bool Contains(ObjectId id) => beneath.Contains(id);
    }
}
