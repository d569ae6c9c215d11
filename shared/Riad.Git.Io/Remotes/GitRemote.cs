using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Riad.Git.History;
using Riad.Git.Io.Http;
using Riad.Git.Objects;
using Riad.Git.Packs;
using Riad.Git.Protocol;
using Riad.Git.Protocol.Client;

namespace Riad.Git.Io.Remotes;

/// <summary>A repository that somebody else serves: fetches from it and pushes to it, over HTTP, ssh or on this machine.</summary>
/// <remarks>
/// Safe for many threads; each call is a conversation of its own, bounded in octets, refs and time. What is fetched is checked
/// as a push is. Nothing is tried twice here: who calls knows what a repetition means.
/// </remarks>
public sealed class GitRemote : IDisposable
{
    private const int ObjectLimit = 50_000_000;

    private readonly RemoteOptions options;
    private readonly HttpClient client;

    /// <summary>A remote. Nothing is connected yet.</summary>
    public GitRemote(RemoteAddress address, RemoteOptions options)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        (Address, this.options) = (address, options);
        client = new(NewHandler(options), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Where it is. Its text can be logged.</summary>
    public RemoteAddress Address { get; }

    /// <summary>Fetches what refs of the remote name, with all of their history that is not here.</summary>
    /// <param name="repository">Where to.</param>
    /// <param name="names">Whole names of refs. Those that the remote lacks are passed over.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="RemoteException">Nothing was fetched.</exception>
    public Task<RemoteFetch> FetchAsync(Repository repository, ImmutableArray<string> names, CancellationToken stop) =>
        FetchAsync(repository, names, options.Times.Whole, stop);

    /// <param name="repository">Where to.</param>
    /// <param name="names">Whole names of refs. Those that the remote lacks are passed over.</param>
    /// <param name="atMost">How long it may take, where that is less than the remote's own limit.</param>
    /// <param name="stop">Ends it.</param>
    /// <inheritdoc cref="FetchAsync(Repository, ImmutableArray{string}, CancellationToken)"/>
    public Task<RemoteFetch> FetchAsync(Repository repository, ImmutableArray<string> names, TimeSpan atMost, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return ConverseAsync(GitService.UploadPack, (session, patience) => FetchAsync(session, patience, repository, names), atMost, stop);
    }

    /// <summary>Changes refs of the remote, all or none.</summary>
    /// <param name="store">Has the objects.</param>
    /// <param name="commands">Each with what the remote is expected to have.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="RemoteException">What became of it is not known when it says so; otherwise nothing changed.</exception>
    public Task<RemotePush> PushAsync(IPackSource store, ImmutableArray<RefCommand> commands, CancellationToken stop) =>
        PushAsync(store, commands, options.Times.Whole, stop);

    /// <param name="store">Has the objects.</param>
    /// <param name="commands">Each with what the remote is expected to have.</param>
    /// <param name="atMost">How long it may take, where that is less than the remote's own limit.</param>
    /// <param name="stop">Ends it.</param>
    /// <inheritdoc cref="PushAsync(IPackSource, ImmutableArray{RefCommand}, CancellationToken)"/>
    public Task<RemotePush> PushAsync(IPackSource store, ImmutableArray<RefCommand> commands, TimeSpan atMost, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(store);
        return ConverseAsync(GitService.ReceivePack, (session, patience) => PushAsync(session, patience, store, commands), atMost, stop);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<RemoteFetch> FetchAsync(RemoteSession session, Patience patience, Repository repository, ImmutableArray<string> names)
    {
        var answer = await session.GreetAsync(patience);
        var greeting = await ReadGreetingAsync(answer, GitService.UploadPack, patience);
        var refs = await ListAsync(session, greeting, names, patience);
        var known = repository.ReadRefs();
        var wants = refs.Select(listed => listed.Id).Distinct().Where(id => !Connectivity.TryCheck(repository, [id], known.Select(each => each.Id), ObjectLimit, out _)).ToImmutableArray();
        if (wants.IsEmpty)
        {
            await session.LeaveAsync(patience);
            return new(refs, repository, quarantine: null);
        }
        if (FetchRequest.FindObstacle(greeting) is { } obstacle)
            throw new RemoteException(obstacle.ToString());
        var haves = HaveSelection.Select(repository, known.OrderByDescending(each => each.Name.StartsWith(RefPolicy.ReservedPrefix, StringComparison.Ordinal)).Select(each => each.Id));
        answer = await session.AskAsync([Lines(output => FetchRequest.Write(output, greeting, wants, haves, options.Agent))], patience);
        return new(refs, repository, await ReceiveAsync(repository, new(answer, greeting is ServerGreeting.Commands, patience), wants, patience));
    }

    private async Task<Quarantine> ReceiveAsync(Repository repository, PackAnswerStream pack, ImmutableArray<ObjectId> wants, Patience patience)
    {
        var quarantine = repository.BeginQuarantine(options.PackLimits, options.MaxPackOctets);
        try
        {
            var error = await quarantine.ReceiveAsync(pack, patience.Token);
            if (error.Fault is not PackFault.None)
                throw new RemoteException($"what was fetched is refused: {error}");
            return quarantine.TryCheckConnected(wants, ObjectLimit, out var missing)
                ? quarantine
                : throw new RemoteException($"what was fetched is not whole: {missing} is missing");
        }
        catch
        {
            quarantine.Dispose();
            throw;
        }
    }

    private async Task<RemotePush> PushAsync(RemoteSession session, Patience patience, IPackSource store, ImmutableArray<RefCommand> commands)
    {
        var greeting = (ServerGreeting.Refs)await ReadGreetingAsync(await session.GreetAsync(patience), GitService.ReceivePack, patience);
        var current = commands.Select(command => greeting.Find(command.Name)).ToImmutableArray();
        var isDone = commands.Zip(current).All(pair => pair.First.New == pair.Second);
        if (isDone || commands.Zip(current).Any(pair => pair.First.Old != pair.Second))
        {
            await session.LeaveAsync(patience);
            return isDone ? new RemotePush.Done("") : new RemotePush.Moved(current);
        }
        if (PushCommands.FindObstacle(greeting, commands.Length) is { } obstacle)
            throw new RemoteException(obstacle.ToString());
        if (!PackSelection.TrySelectForPush(store, commands.Select(command => command.New), greeting.Listed.Select(listed => listed.Id), out var selection, out var missing))
            throw new RemoteException($"the repository is damaged: object {missing} is missing");
        var answer = await session.AskAsync(Pieces(greeting, store, commands, selection), patience);
        return await ReadReportAsync(answer, greeting, commands, patience);
    }

    private IEnumerable<ReadOnlyMemory<byte>> Pieces(ServerGreeting.Refs greeting, IPackSource store, ImmutableArray<RefCommand> commands, PackSelection selection)
    {
        yield return Lines(output => PushCommands.Write(output, greeting, commands, options.Agent));
        if (commands.All(command => command.IsDeletion))
            yield break;
        var isThin = !greeting.Capabilities.Contains("no-thin");
        var writing = new PackWriterOptions { UseOffsets = greeting.Capabilities.Contains("ofs-delta") };
        using var writer = new PackWriter(store, isThin ? writing with { ThinBases = selection.ClientHas } : writing);
        foreach (var piece in writer.Write(selection.Objects))
            yield return piece;
    }

    private async Task<RemotePush> ReadReportAsync(PipeReader answer, ServerGreeting.Refs greeting, ImmutableArray<RefCommand> commands, Patience patience)
    {
        var engine = new PushAnswerReader(PushCommands.HasSideBand(greeting), options.Limits);
        await ReadAsync(answer, (kind, payload) => { engine.Step(kind, payload); return engine.Ended; }, patience);
        if (!engine.TryFinish(out var report, out var error))
            throw new RemoteException(error.ToString(), mayHaveHappened: true);
        if (report.UnpackFault is { } fault)
            return new RemotePush.Refused($"it did not take the pack: {fault}", engine.Words);
        var refused = report.Refs.FirstOrDefault(outcome => outcome.Refusal is not null);
        if (refused is not null)
            return new RemotePush.Refused($"{refused.Name}: {refused.Refusal}", engine.Words);
        return commands.All(command => report.Refs.Any(outcome => string.Equals(outcome.Name, command.Name, StringComparison.Ordinal)))
            ? new RemotePush.Done(engine.Words)
            : throw new RemoteException("its report does not name every ref of the push", mayHaveHappened: true);
    }

    private async Task<ServerGreeting> ReadGreetingAsync(PipeReader answer, GitService service, Patience patience)
    {
        var engine = new ServerGreetingReader(service, options.Limits);
        await ReadAsync(answer, (kind, payload) => { engine.Step(kind, payload); return engine.Ended; }, patience);
        return engine.TryFinish(out var greeting, out var error) ? greeting : throw new RemoteException(error.ToString());
    }

    private async Task<ImmutableArray<ListedRef>> ListAsync(RemoteSession session, ServerGreeting greeting, ImmutableArray<string> names, Patience patience)
    {
        if (greeting is ServerGreeting.Refs old)
            return [.. old.Listed.Where(listed => names.Contains(listed.Name, StringComparer.Ordinal))];
        var answer = await session.AskAsync([Lines(output => FetchRequest.WriteListing(output, (ServerGreeting.Commands)greeting, names, options.Agent))], patience);
        var engine = new RefsAnswerReader(options.Limits);
        await ReadAsync(answer, (kind, payload) => { engine.Step(kind, payload); return engine.Ended; }, patience);
        return engine.TryFinish(out var refs, out var error)
            ? [.. refs.Where(listed => names.Contains(listed.Name, StringComparer.Ordinal))]
            : throw new RemoteException(error.ToString());
    }

    private async Task ReadAsync(PipeReader answer, LineStep step, Patience patience)
    {
        var fault = await RequestLines.ReadAsync(answer, options.Limits.LineOctets, Step, patience.Token);
        if (fault is not null)
            throw new RemoteException(new ClientError(ClientFault.Framing, fault.Found).ToString());

        bool Step(PktLineKind kind, ReadOnlySpan<byte> payload)
        {
            patience.Heard();
            return step(kind, payload);
        }
    }

    private async Task<T> ConverseAsync<T>(GitService service, Func<RemoteSession, Patience, Task<T>> converse, TimeSpan atMost, CancellationToken stop)
    {
        using var patience = new Patience(options.Times.Within(atMost), stop);
        await using var session = Open(service);
        try
        {
            return await converse(session, patience);
        }
        catch (OperationCanceledException late) when (!stop.IsCancellationRequested)
        {
            session.GiveUp();
            throw new RemoteException($"{Address} did not answer in time", MayHaveHappened(), late);
        }
        catch (RemoteException refused)
        {
            throw await ExplainAsync(session, refused.Message, refused.MayHaveHappened || MayHaveHappened(), refused);
        }
        // HttpClient lets a SocketException through when a connection is reset in the moment it stands.
        catch (Exception broken) when (broken is IOException or HttpRequestException or SocketException && broken is not Files.DiskFullException)
        {
            throw await ExplainAsync(session, Reason(broken), MayHaveHappened(), broken);
        }

        bool MayHaveHappened() => service is GitService.ReceivePack && session.HasAsked;
    }

    private async Task<RemoteException> ExplainAsync(RemoteSession session, string reason, bool mayHaveHappened, Exception cause)
    {
        var why = await session.WhyAsync();
        var sentence = why.Length > 0 ? $"{reason} ({why})" : reason;
        return new(sentence.Contains(Address.ToString()!, StringComparison.Ordinal) ? sentence : $"{Address}: {sentence}", mayHaveHappened, cause);
    }

    private RemoteSession Open(GitService service) => Address switch
    {
        RemoteAddress.Http http => new HttpSession(http, service, options, client),
        RemoteAddress.Ssh ssh => new ProgramSession(RemotePrograms.OfSsh(ssh, service, options)),
        RemoteAddress.Local local => new ProgramSession(RemotePrograms.OfLocal(local, service)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static ReadOnlyMemory<byte> Lines(Action<PktLineWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new(output));
        return output.WrittenMemory;
    }

    // The innermost sentence is the one that says what happened.
    private static string Reason(Exception exception) => exception.InnerException is { } inner ? Reason(inner) : exception.Message.TrimEnd('.');

    private static SocketsHttpHandler NewHandler(RemoteOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.Times.Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (options.Authorities is { } authorities)
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = PolicyOf(authorities) };
        return handler;
    }

    private static X509ChainPolicy PolicyOf(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
