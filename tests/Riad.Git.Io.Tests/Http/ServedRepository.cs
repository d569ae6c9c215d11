using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Riad.Git.Io.Http;
using Riad.Git.Packs;
using Riad.Git.Protocol;

namespace Riad.Git.Io.Tests.Http;

/// <summary>A repository on disk, served over HTTP.</summary>
internal sealed class ServedRepository : IAsyncDisposable
{
    private readonly KestrelSite site;
    private readonly GitHttpServer server;
    private readonly StrongBox<int> finished;

    private ServedRepository(KestrelSite site, GitHttpServer server, StrongBox<int> finished) => (this.site, this.server, this.finished) = (site, server, finished);

    public string Url => site.Url;

    /// <summary>Requests that were answered or given up.</summary>
    public int Finished => Volatile.Read(ref finished.Value);

    /// <summary>Serves a bare repository, whose pushes are stored unless a test decides otherwise.</summary>
    public static async Task<ServedRepository> OpenAsync(GitClient bare, Func<Repository, IPushReceiver>? receiver = null, GitHttpLimits? limits = null)
    {
        var repository = Repository.Open(bare.Folder);
        var begun = new GitHttpServer(
            repository,
            receiver?.Invoke(repository) ?? new StoreAllReceiver(repository, new RefPolicy("refs/heads/main", AllowForce: false)),
            limits ?? GitHttpLimits.Usual, new PackLimits(), "riad/test", NullLogger.Instance);
        var count = new StrongBox<int>();
        var opened = await KestrelSite.OpenAsync(async context =>
        {
            await begun.HandleAsync(context);
            Interlocked.Increment(ref count.Value);
        });
        return new(opened, begun, count);
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        server.Dispose();
    }
}
