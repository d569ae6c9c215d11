using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Tests.Updates;
using Riad.Git.Objects;
using Riad.ZoneRepository.Serving;
using Riad.ZoneRepository.Tests.Serving;
using Riad.ZoneRepository.Updates;

namespace Riad.ZoneRepository.Tests.Updates;

/// <summary>A server of example.org that takes updates: groups are judged, stored and served.</summary>
internal sealed class UpdatedServer(bool strict = false)
{
    private readonly KnownTexts texts = new();

    public Server Server { get; } = new(strict);

    /// <summary>What the last group came to.</summary>
    public UpdateWriting? Last { get; private set; }

    public static UpdateOrigin Origin { get; } = new(Zones.Name("host7._update.example.org"), new(new IPv4Address(0xc6336407)), DateTimeOffset.FromUnixTimeSeconds(1_795_000_030));

    public static UpdatedServer Of(params (string Path, string Text)[] files)
    {
        var updated = new UpdatedServer();
        foreach (var (path, text) in files)
            updated.Server.Repository.Put(path, text);
        updated.Server.Push();
        return updated;
    }

    /// <summary>Judges updates as one group, and stores and serves what they come to.</summary>
    public IReadOnlyList<UpdateOutcome> Update(params IEnumerable<string> updates) => Update(Server.Store, updates);

    /// <inheritdoc cref="Update(IEnumerable{string})"/>
    public IReadOnlyList<UpdateOutcome> Update(IObjectStore store, params IEnumerable<string> updates)
    {
        var group = new UpdateGroup(store, Server.State, strict, TestRepository.Server, texts);
        var outcomes = updates.Select(update => group.Apply(UpdateText.Message(update), Origin, static (_, _) => true)).ToList();
        var made = group.TryFinish(out var writing, out var fault);
        Assert.Null(fault);
        Assert.Equal(outcomes.OfType<UpdateOutcome.Committed>().Any(), made);
        group.KeepTexts();
        if (writing is null)
            return outcomes;
        Last = writing;
        foreach (var item in writing.Objects.Whole)
            Server.Store.Add(item);
        foreach (var delta in writing.Objects.Deltas)
            Assert.Equal(delta.Id, Server.Store.Add(ObjectKind.Blob, EditedTextTests.Apply(Server.Store, delta)));
        Server.State = writing.Next;
        return outcomes;
    }

    /// <summary>Judges updates as one group, which then cannot be stored.</summary>
    public void UpdateInVain(params IEnumerable<string> updates)
    {
        var group = new UpdateGroup(Server.Store, Server.State, strict, TestRepository.Server, texts);
        Assert.All(updates, update => Assert.IsType<UpdateOutcome.Committed>(group.Apply(UpdateText.Message(update), Origin, static (_, _) => true)));
        Assert.True(group.TryFinish(out _, out _));
    }

    public string Text(string path)
    {
        var blob = Git.Trees.TreePath.Find(Server.Store, CommitAt(Server.State.Commit).Tree, path)!.Id;
        Assert.True(Server.Store.TryRead(blob, out _, out var content));
        return System.Text.Encoding.UTF8.GetString(content.Span);
    }

    public Commit CommitAt(ObjectId id)
    {
        Assert.True(Server.Store.TryRead(id, out _, out var content) && Commit.TryParse(content, out _, out _));
        return Commit.TryParse(content, out var commit, out _) ? commit : throw new InvalidOperationException();
    }

    public ZoneVersion Version => Server.State.Zones[Zones.Name("example.org")];
}
