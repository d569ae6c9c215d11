using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Tests.Updates;
using Riad.Dns.Zones;
using Riad.DnsPrimaryGit.Serving;
using Riad.DnsPrimaryGit.Serving.Updates;
using Riad.Git.Io;
using Riad.Git.Io.References;
using Riad.Git.Objects;
using Riad.ZoneRepository.Updates;
using Xunit;

namespace Riad.Appliances.Tests.Serving.Updates;

/// <summary>A repository on disk with the zone example.org, its keeper, and the queue of updates.</summary>
internal sealed class UpdatingServer : IAsyncDisposable
{
    public static readonly UpdateOrigin Origin = new(UpdateText.Origin, new(new IPv4Address(0xc6336407)), DateTimeOffset.UnixEpoch.AddDays(20_000));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-updates-");
    private readonly CancellationTokenSource stop = new();
    private readonly Meter meter = new(nameof(UpdatingServer));
    private readonly Task running;

    public UpdatingServer(int hosts = 0)
    {
        Repository = Repository.Create(Path.Combine(folder.FullName, "zones.git"), "main");
        Commit(Zone("192.0.2.1", hosts));
        Keeper = new ZoneKeeper(Repository, new("main", StrictSerials: false, AllowForce: false), TimeProvider.System, NullLogger.Instance, static _ => { });
        Keeper.Start();
        Queue = new(Keeper, new(meter), TimeProvider.System, NullLogger.Instance);
        running = Queue.RunAsync(stop.Token);
    }

    public Repository Repository { get; }

    public ZoneKeeper Keeper { get; }

    public UpdateQueue Queue { get; }

    public ObjectId Head => Repository.TryReadRef("refs/heads/main", out var head) ? head : default;

    public Zone Served => Keeper.State.Zones[UpdateText.Origin].Zone;

    public Task<ResponseCode> UpdateAsync(string update) => Queue.UpdateAsync(UpdateText.Message(update), Origin, static (_, _) => true);

    public bool Serves(string owner) => Served.TryFind(Name($"{owner}.example.org").Wire, out _);

    public static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text);

    public static string Zone(string address, int hosts = 0)
    {
        var text = new StringBuilder($"$TTL 3600\n@ SOA ns1 hostmaster 1 7200 900 1209600 300\n@ NS ns1\nns1 A {address}\n");
        for (var host = 0; host < hosts; host++)
            text.Append(CultureInfo.InvariantCulture, $"host{host:D6}            IN      A       10.{host >> 16 & 255}.{host >> 8 & 255}.{host & 255} ; rack {host / 40}\n");
        return text.ToString();
    }

    /// <summary>Puts a commit on the branch by other hands than the keeper's.</summary>
    public ObjectId Commit(string text, bool onTop = true)
    {
        Assert.True(Signature.TryCreate("Ada", "", DateTimeOffset.UnixEpoch, out var ada));
        var blob = GitObject.Create(ObjectKind.Blob, Encoding.UTF8.GetBytes(text));
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, "example.org", blob.Id)], out var tree, out var error), error.ToString());
        var root = GitObject.Create(ObjectKind.Tree, tree.Octets);
        var commit = GitObject.Create(ObjectKind.Commit, Git.Objects.Commit.Create(root.Id, Head.IsZero || !onTop ? [] : [Head], ada, ada, "A change\n").Octets);
        using var hold = Repository.WriteObjects([blob, root, commit]);
        Assert.True(Repository.TryUpdateRefs([new RefUpdate("refs/heads/main", Head, commit.Id)], out var refused), refused.ToString());
        return commit.Id;
    }

    /// <summary>The first lines of the commits of the branch, newest first.</summary>
    public IEnumerable<string> History()
    {
        for (var id = Head; Repository.TryRead(id, out _, out var content) && Git.Objects.Commit.TryParse(content, out var commit, out _); id = commit.Parents[0])
        {
            yield return commit.Subject;
            if (commit.Parents.IsEmpty)
                yield break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ContinueWith(static _ => { }, TaskScheduler.Default);
        Keeper.Dispose();
        meter.Dispose();
        stop.Dispose();
        folder.Delete(recursive: true);
    }
}
