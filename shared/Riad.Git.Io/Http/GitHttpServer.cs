using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Riad.Git.Packs;
using Riad.Git.Protocol;

namespace Riad.Git.Io.Http;

/// <summary>Serves one repository to git clients: clone, fetch and push over HTTP.</summary>
/// <remarks>
/// <see cref="HandleAsync"/> is to be mounted where the repository shall be, such as <c>/zones.git</c>: the request's path is
/// what follows. Who may read and who may push is decided before. No hook of the repository is ever run.
/// Source: gitprotocol-http(5).
/// </remarks>
public sealed class GitHttpServer : IDisposable
{
    private readonly Func<RefListing> list;
    private readonly UploadPackHandler uploads;
    private readonly ReceivePackHandler pushes;
    private readonly string agent;
    private readonly RequestTurns pushTurns;

    /// <summary>Serves a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="receiver">Decides what becomes of pushes.</param>
    /// <param name="limits">How much clients can hold.</param>
    /// <param name="packLimits">What a pushed pack may cost once it is unpacked.</param>
    /// <param name="agent">Name and version of the server, such as <c>riad/1.0</c>: printable ASCII without spaces.</param>
    /// <param name="log">Takes what an operator has to know.</param>
    public GitHttpServer(Repository repository, IPushReceiver receiver, GitHttpLimits limits, PackLimits packLimits, string agent, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(limits);
        this.agent = agent;
        list = new RefLister(repository).List;
        uploads = new(list, repository, limits, log);
        pushes = new(repository, receiver, limits, packLimits, log);
        pushTurns = new(limits.MaxPushes, limits.Turn);
    }

    /// <summary>Answers a request below the mount point.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await RouteAsync(context);
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The client went, and nobody is left to be told.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        uploads.Dispose();
        pushTurns.Dispose();
    }

    private Task RouteAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("GET", "/info/refs") => ListAsync(context),
        ("POST", "/git-upload-pack") => PostAsync(context, GitService.UploadPack),
        ("POST", "/git-receive-pack") => PostAsync(context, GitService.ReceivePack),
        (_, "/info/refs" or "/git-upload-pack" or "/git-receive-pack") => GitAnswer.SentenceAsync(context, StatusCodes.Status405MethodNotAllowed, "This address takes GET for info/refs and POST for git-upload-pack and git-receive-pack."),
        _ => GitAnswer.SentenceAsync(context, StatusCodes.Status404NotFound, $"This is a Git repository; read it with: git clone {context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}"),
    };

    private async Task ListAsync(HttpContext context)
    {
        if (!GitServices.TryParse(context.Request.Query["service"], out var service))
        {
            await GitAnswer.SentenceAsync(context, StatusCodes.Status403Forbidden, "Git's dumb HTTP protocol is not served here; use git 1.6.6 or newer, which speaks the smart one.");
            return;
        }
        GitAnswer.Begin(context, $"application/x-{service.Name()}-advertisement");
        var output = new PktLineWriter(context.Response.BodyWriter);
        var version = VersionOf(context, service);
        if (version is ProtocolVersion.V2)
            CapabilityAdvertisement.Write(output, agent);
        else
            RefAdvertisement.Write(output, service, version, list(), agent);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private async Task PostAsync(HttpContext context, GitService service)
    {
        // No form of a web page can send this type to another site unasked.
        if (!string.Equals(context.Request.ContentType, $"application/x-{service.Name()}-request", StringComparison.OrdinalIgnoreCase))
        {
            await GitAnswer.SentenceAsync(context, StatusCodes.Status415UnsupportedMediaType, $"The content type has to be application/x-{service.Name()}-request.");
            return;
        }
        if (RequestBody.Open(context) is not { } body)
        {
            await GitAnswer.SentenceAsync(context, StatusCodes.Status415UnsupportedMediaType, "A request may be compressed with gzip only.");
            return;
        }
        await ServeAsync(context, service, body);
    }

    private Task ServeAsync(HttpContext context, GitService service, PipeReader body) => service switch
    {
        GitService.UploadPack => uploads.HandleAsync(context, body, VersionOf(context, service)),
        GitService.ReceivePack => pushTurns.RunAsync(context, () => pushes.HandleAsync(context, body)),
    };

    // A push has no version 2: who asks for it gets version 0, as from git's own server.
    private static ProtocolVersion VersionOf(HttpContext context, GitService service)
    {
        var asked = ProtocolVersions.Read(context.Request.Headers["Git-Protocol"]);
        return service is GitService.ReceivePack && asked is ProtocolVersion.V2 ? ProtocolVersion.V0 : asked;
    }
}
