using Riad.Dns.Messages;
using Xunit;

namespace Riad.Appliances.Tests.Serving.Updates;

public sealed class UpdateQueueTests
{
    [Fact]
    public async Task Updates_of_many_clients_are_each_a_commit_and_are_served_when_they_are_answered()
    {
        await using var server = new UpdatingServer(hosts: 50);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async client =>
        {
            for (var number = 0; number < 10; number++)
            {
                Assert.Equal(ResponseCode.NoError, await server.UpdateAsync($"add c{client}n{number} 60 A 192.0.2.{number}"));
                Assert.True(server.Serves($"c{client}n{number}"));
            }
        }));

        var history = server.History().ToHashSet(StringComparer.Ordinal);
        Assert.All(Enumerable.Range(0, 80), i => Assert.Contains($"example.org: add A 192.0.2.{i % 10} to c{i / 10}n{i % 10}", history));
    }

    [Fact]
    public async Task An_update_after_a_commit_by_other_hands_is_made_on_top_of_it()
    {
        await using var server = new UpdatingServer();
        server.Commit(UpdatingServer.Zone("192.0.2.2", hosts: 1));

        Assert.Equal(ResponseCode.NoError, await server.UpdateAsync("prereq yxdomain host000000; add a 60 A 192.0.2.3"));

        Assert.Equal(["example.org: add A 192.0.2.3 to a", "A change", "A change"], server.History());
        Assert.True(server.Serves("host000000"));
        Assert.Equal(3u, server.Served.Serial.Value);
    }

    [Fact]
    public async Task While_the_branch_is_not_what_is_served_nothing_is_changed()
    {
        await using var server = new UpdatingServer();
        var served = server.Served;
        var rewritten = server.Commit(UpdatingServer.Zone("192.0.2.9"), onTop: false);

        Assert.Equal(ResponseCode.ServerFailure, await server.UpdateAsync("add a 60 A 192.0.2.3"));

        Assert.Equal(rewritten, server.Head);
        Assert.Same(served, server.Served);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_not_kept_and_later_updates_go_on()
    {
        await using var server = new UpdatingServer();
        var (head, packs) = (server.Head, Path.Combine(server.Repository.Path, "objects", "pack"));
        // A file in the place of the folder of packs: what the disk refuses, whoever asks.
        Directory.Move(packs, packs + ".away");
        await File.WriteAllTextAsync(packs, "");

        Assert.Equal(ResponseCode.ServerFailure, await server.UpdateAsync("add a 60 A 192.0.2.3"));
        Assert.False(server.Serves("a"));
        Assert.Equal(head, server.Head);

        File.Delete(packs);
        Directory.Move(packs + ".away", packs);
        Assert.Equal(ResponseCode.NoError, await server.UpdateAsync("prereq nxdomain a; add a 60 A 192.0.2.4"));
        Assert.True(server.Serves("a"));
    }

    [Fact]
    public async Task Each_update_is_judged_on_its_own()
    {
        await using var server = new UpdatingServer();

        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => server.UpdateAsync(i % 2 == 0 ? "prereq nxdomain once; add once 60 TXT x" : "add x.test. 60 TXT x")));

        Assert.Single(codes, ResponseCode.NoError);
        Assert.Equal(9, codes.Count(code => code is ResponseCode.NameExists));
        Assert.Equal(10, codes.Count(code => code is ResponseCode.NotZone));
    }
}
