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
    private readonly StrongBox<int> finishedPushes;

    private ServedRepository(KestrelSite site, GitHttpServer server, StrongBox<int> finishedPushes) => (this.site, this.server, this.finishedPushes) = (site, server, finishedPushes);

    public string Url => site.Url;

    /// <summary>Pushes that were answered or given up.</summary>
    public int FinishedPushes => Volatile.Read(ref finishedPushes.Value);

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
            try
            {
                await begun.HandleAsync(context);
            }
            finally
            {
                if (context.Request.Path == "/git-receive-pack")
                    Interlocked.Increment(ref count.Value);
            }
        });
        return new(opened, begun, count);
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        server.Dispose();
    }
}
