using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Riad.Appliances.Tests.Serving.Updates;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Tests.Updates;
using Riad.DnsPrimaryGit.Remotes;
using Riad.DnsPrimaryGit.Serving;
using Riad.DnsPrimaryGit.Serving.Updates;
using Riad.Git.Io;
using Riad.Git.Io.References;
using Riad.Git.Io.Remotes;
using Riad.Git.Objects;
using Riad.Git.Protocol.Client;
using Riad.Host;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serving;
using Xunit;

namespace Riad.Appliances.Tests.Remotes;

/// <summary>
/// A server with a remote: real git at the other end, behind an "ssh" that can be away, be cut off after so many octets each way,
/// carry one octet at a time, or trickle for ever; and the remote can end right after it took a push.
/// </summary>
internal sealed class RemoteWorkplace : IDisposable
{
    private const string Main = "refs/heads/main";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-remote-");
    private readonly GitRemote remote;
    private readonly bool allowForce;
    private readonly bool pushLater;
    private readonly TimeSpan patience;

    /// <summary>An empty remote, and a server beside it that has read nothing yet.</summary>
    /// <param name="allowForce">As the option.</param>
    /// <param name="pushLater">As the option.</param>
    /// <param name="patienceSeconds">How long an update may take; a slow machine needs more than a client would wait.</param>
    public RemoteWorkplace(bool allowForce = false, bool pushLater = false, double patienceSeconds = 120)
    {
        (this.allowForce, this.pushLater, patience) = (allowForce, pushLater, TimeSpan.FromSeconds(patienceSeconds));
        There = Repository.Create(PathOf("there.git"), "main");
        Here = Repository.Create(PathOf("here.git"), "main");
        // Its last argument is what the shell at the other end would be given.
        File.WriteAllText(PathOf("ssh"), $$"""
            #!/bin/sh
            cd '{{folder.FullName}}' || exit 1
            if [ -e away ]; then echo 'ssh: connect to host forge: Connection refused' >&2; exit 255; fi
            for last in "$@"; do :; done
            case $last in
            git-receive-pack*)
                if [ -e moving ]; then
                    export GIT_AUTHOR_NAME=Bea GIT_AUTHOR_EMAIL=b@example.org GIT_COMMITTER_NAME=Bea GIT_COMMITTER_EMAIL=b@example.org
                    git --git-dir=there.git update-ref refs/heads/main "$(git --git-dir=there.git commit-tree 'refs/heads/main^{tree}' -p refs/heads/main -m again)"
                fi
                if [ -e trickle ]; then
                    # The longest line there is, an octet now and then.
                    printf fff0
                    while printf .; do sleep 0.02; done
                    exit 0
                fi
                if [ -e slow ]; then
                    dd bs=1 2>/dev/null | sh -c "$last" | dd bs=1 2>/dev/null
                    exit 0
                fi
                if [ -e limit-up ]; then
                    dd bs=1 count="$(cat limit-up)" 2>/dev/null | sh -c "$last"
                    exit 0
                fi
                if [ -e limit ]; then
                    # Nobody but dd holds the way back, so that it ends where dd ends.
                    limit=$(cat limit)
                    exec 3>&1 4<&0 >/dev/null 2>&1
                    sh -c "$last" <&4 3>&- 4<&- | dd bs=1 count="$limit" >&3 3>&- 4<&- &
                    exec 3>&- 4<&- </dev/null
                    wait
                    exit 0
                fi;;
            esac
            exec sh -c "$last"

            """);
        MakeExecutable(PathOf("ssh"));
        Assert.True(RemoteAddressReader.TryRead($"ssh://forge{There.Path}", out var address, out _, out _));
        remote = new(address, new() { SshProgram = PathOf("ssh"), Times = new() { Silence = TimeSpan.FromSeconds(60) } });
        Begin();
    }

    public Repository There { get; }

    public Repository Here { get; }

    public ZoneKeeper Keeper { get; private set; } = null!;

    public RemoteLink Link { get; private set; } = null!;

    public RemoteFollower Follower { get; private set; } = null!;

    public HealthBoard Health { get; } = new();

    public HostClock Clock { get; } = new(TimeProvider.System);

    /// <summary>The served serial of example.org.</summary>
    public uint Serial => Keeper.State.Zones[Apex].Serials.Served.Value;

    private static DomainName Apex => DomainName.TryParseAbsolute("example.org", out var apex) ? apex : throw new FormatException();

    /// <summary>A client sends an update.</summary>
    public async Task<ResponseCode> UpdateAsync(string update)
    {
        using var meter = new Meter(nameof(RemoteWorkplace));
        using var stop = new CancellationTokenSource();
        var queue = new UpdateQueue(Keeper, new(meter), TimeProvider.System, NullLogger.Instance);
        var running = queue.RunAsync(stop.Token);
        var code = await queue.UpdateAsync(UpdateText.Message(update), UpdatingServer.Origin, static (_, _) => true);
        await stop.CancelAsync();
        await running.ContinueWith(static _ => { }, TaskScheduler.Default);
        return code;
    }

    /// <summary>Ends the process, as it were, and starts another on the same repository.</summary>
    public void Restart()
    {
        End();
        Begin();
    }

    public void GoAway(bool away = true)
    {
        if (away)
            File.WriteAllText(PathOf("away"), "");
        else
            File.Delete(PathOf("away"));
    }

    /// <summary>From now on each push hears so many octets of the remote.</summary>
    public void HearOnly(int? octets)
    {
        if (octets is { } limit)
            File.WriteAllText(PathOf("limit"), limit.ToString(CultureInfo.InvariantCulture));
        else
            File.Delete(PathOf("limit"));
    }

    /// <summary>From now on the remote hears so many octets of each push.</summary>
    public void SayOnly(int? octets)
    {
        if (octets is { } limit)
            File.WriteAllText(PathOf("limit-up"), limit.ToString(CultureInfo.InvariantCulture));
        else
            File.Delete(PathOf("limit-up"));
    }

    /// <summary>From now on what is pushed, and what is said of it, goes an octet at a time.</summary>
    public void GoSlow() => File.WriteAllText(PathOf("slow"), "");

    /// <summary>From now on the remote greets who wants to push, and does not come to an end with it.</summary>
    public void Trickle() => File.WriteAllText(PathOf("trickle"), "");

    /// <summary>From now on somebody commits there just before each push.</summary>
    public void KeepMoving(bool moving = true)
    {
        if (moving)
            File.WriteAllText(PathOf("moving"), "");
        else
            File.Delete(PathOf("moving"));
    }

    /// <summary>From now on a hook of the remote refuses every push.</summary>
    public void RefuseAll() => WriteHook("pre-receive", "#!/bin/sh\nexit 1\n");

    /// <summary>The remote takes the next push and is gone before it can say so.</summary>
    /// <param name="andGoesOn">Somebody commits on top of it at once.</param>
    public void DieAfterTaking(bool andGoesOn = false)
    {
        File.WriteAllText(PathOf("die"), "");
        WriteHook("reference-transaction", $$"""
            #!/bin/sh
            [ "$1" = committed ] && [ -e '{{PathOf("die")}}' ] || exit 0
            rm '{{PathOf("die")}}'
            if {{(andGoesOn ? "true" : "false")}}; then
                export GIT_AUTHOR_NAME=Bea GIT_AUTHOR_EMAIL=b@example.org GIT_COMMITTER_NAME=Bea GIT_COMMITTER_EMAIL=b@example.org
                git update-ref refs/heads/main "$(git commit-tree 'refs/heads/main^{tree}' -p refs/heads/main -m 'on top')"
            fi
            kill -9 $PPID

            """);
    }

    /// <summary>Somebody pushes to the remote.</summary>
    public ObjectId CommitThere(string address, ObjectId? parent = null)
    {
        var tip = Branch(There);
        var commit = Commit(There, parent ?? tip, address);
        Assert.True(There.TryUpdateRefs([new RefUpdate(Main, tip, commit)], out var error), error.Message);
        return commit;
    }

    /// <summary>Somebody pushes to this server.</summary>
    /// <returns>Why it is refused; null when it is served.</returns>
    public Task<string?> PushAsync(string address) => PushCommitAsync(Commit(Here, Branch(Here), address));

    /// <inheritdoc cref="PushAsync"/>
    public async Task<string?> PushCommitAsync(ObjectId commit)
    {
        var old = Branch(Here);
        return await Keeper.PushAsync(Here, old, commit, default, static _ => { }, static _ => { }, Move, default);

        string? Move(System.Collections.Immutable.ImmutableArray<RefUpdate> with) =>
            Here.TryUpdateRefs([new RefUpdate(Main, old, commit), .. with], out var error) ? null : error.Message;
    }

    /// <summary>The refs that both sides have in common, of one side.</summary>
    public static RemoteRefs RefsOf(Repository repository) => new(Branch(repository), repository.TryReadRef(JournalFormat.Ref, out var journal) ? journal : default);

    /// <summary>What the newest commit of a side was made on.</summary>
    public static ObjectId[] ParentsOf(Repository repository) =>
        repository.TryRead(Branch(repository), out _, out var content) && Git.Objects.Commit.TryParse(content, out var commit, out _) ? [.. commit.Parents] : [];

    /// <summary>Commits a zone with one address.</summary>
    public static ObjectId Commit(Repository repository, ObjectId parent, string address) => Commit(repository, parent.IsZero ? [] : [parent], address);

    /// <summary>Merges a commit of another repository, whose objects are brought along.</summary>
    public static ObjectId Merge(Repository repository, ObjectId ours, ObjectId theirs, Repository from, string address)
    {
        List<GitObject> brought = [];
        var pending = new Stack<ObjectId>([theirs]);
        while (pending.TryPop(out var id))
        {
            Assert.True(from.TryRead(id, out var kind, out var content));
            brought.Add(GitObject.Create(kind, content));
            if (kind is ObjectKind.Commit && Git.Objects.Commit.TryParse(content, out var commit, out _))
                pending.Push(commit.Tree);
            else if (kind is ObjectKind.Tree && Tree.TryParse(content, out var tree, out _))
                tree.Entries.ToList().ForEach(entry => pending.Push(entry.Id));
        }
        repository.WriteObjects(brought).Dispose();
        return Commit(repository, [ours, theirs], address);
    }

    private static ObjectId Commit(Repository repository, System.Collections.Immutable.ImmutableArray<ObjectId> parents, string address)
    {
        Assert.True(Signature.TryCreate("Ada", "", DateTimeOffset.UnixEpoch, out var ada));
        var zone = GitObject.Create(ObjectKind.Blob, Encoding.ASCII.GetBytes($"@ 3600 SOA ns1 hostmaster 1 7200 900 1209600 300\n@ 3600 NS ns1\nns1 3600 A {address}\n"));
        Assert.True(Tree.TryCreate([TreeEntry.Create(EntryMode.File, "example.org", zone.Id)], out var tree, out _));
        var root = GitObject.Create(ObjectKind.Tree, tree.Octets);
        var commit = GitObject.Create(ObjectKind.Commit, Git.Objects.Commit.Create(root.Id, parents, ada, ada, $"ns1 moves to {address}\n").Octets);
        repository.WriteObjects([zone, root, commit]).Dispose();
        return commit.Id;
    }

    public void Dispose()
    {
        End();
        remote.Dispose();
        folder.Delete(recursive: true);
    }

    private static ObjectId Branch(Repository repository) => repository.TryReadRef(Main, out var id) ? id : default;

    private void Begin()
    {
        var options = new KeeperOptions("main", StrictSerials: false, allowForce);
        Link = new(remote, Here, Main, Main, allowForce, Health, NullLogger.Instance);
        Keeper = new(Here, options, TimeProvider.System, NullLogger.Instance, static _ => { }) { Patience = patience };
        if (!pushLater)
            (Keeper.Publisher, Keeper.FindPublishingObstacle) = (Link.PublishAsync, Link.FindObstacle);
        Follower = new(Link, Here, Keeper, new(TimeSpan.FromHours(1)), Clock, NullLogger.Instance);
        Keeper.Start();
    }

    private void End()
    {
        Follower.Dispose();
        Keeper.Dispose();
    }

    private void WriteHook(string name, string text)
    {
        var hook = Path.Combine(Directory.CreateDirectory(Path.Combine(There.Path, "hooks")).FullName, name);
        File.WriteAllText(hook, text);
        MakeExecutable(hook);
    }

    private static void MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);
}
