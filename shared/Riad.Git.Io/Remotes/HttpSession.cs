using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Riad.Git.Protocol;
using Riad.Git.Protocol.Client;

namespace Riad.Git.Io.Remotes;

/// <summary>A conversation over HTTP: each question is a request of its own.</summary>
/// <remarks>Source: gitprotocol-http(5).</remarks>
internal sealed class HttpSession(RemoteAddress.Http address, GitService service, RemoteOptions options, HttpClient client) : RemoteSession
{
    private const int MaxRedirections = 5;

    private readonly List<HttpResponseMessage> responses = [];
    private Uri site = address.Url;

    private string Query => $"/info/refs?service={service.Name()}";

    /// <inheritdoc/>
    public override async Task<PipeReader> GreetAsync(Patience patience)
    {
        for (var redirections = 0; ; redirections++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, site + Query);
            Prepare(request);
            var response = await SendAsync(request, patience);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                return await OpenAsync(response, "advertisement", patience);
            if (redirections == MaxRedirections)
                throw new RemoteException($"{address} redirects more than {MaxRedirections} times");
            site = Follow(response);
        }
    }

    /// <inheritdoc/>
    public override async Task<PipeReader> AskAsync(IEnumerable<ReadOnlyMemory<byte>> pieces, Patience patience)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{site}/{service.Name()}");
        Prepare(request);
        request.Content = PieceContent.Create(pieces, patience);
        request.Content.Headers.ContentType = new($"application/x-{service.Name()}-request");
        HasAsked = true;
        return await OpenAsync(await SendAsync(request, patience), "result", patience);
    }

    /// <inheritdoc/>
    public override Task LeaveAsync(Patience patience) => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task<string> WhyAsync() => Task.FromResult("");

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        foreach (var response in responses)
            response.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Patience patience)
    {
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        patience.Heard();
        responses.Add(response);
        return response;
    }

    private void Prepare(HttpRequestMessage request)
    {
        request.Version = HttpVersion.Version11;
        // Some forges tell git from a browser by this name.
        request.Headers.UserAgent.ParseAdd($"git/2.0 ({options.Agent})");
        request.Headers.Accept.ParseAdd("*/*");
        // A push has no version 2.
        if (service is GitService.UploadPack)
            request.Headers.Add("Git-Protocol", FetchRequest.AskedVersion);
        var isOwn = Uri.Compare(site, address.Url, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
        // In the clear a password is told only to this machine.
        if (site.Scheme == Uri.UriSchemeHttp && !site.IsLoopback)
            return;
        if (options.Credentials.Find(site, address.UserName, mayAsk: isOwn) is { } credential)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}")));
    }

    private Uri Follow(HttpResponseMessage response)
    {
        if (response.Headers.Location is not { } location || !Uri.TryCreate(site, location, out var target) || !Ascii.IsValid(target.Host))
            throw new RemoteException($"{address} redirects to nowhere");
        if (target.Scheme != Uri.UriSchemeHttps && (target.Scheme != Uri.UriSchemeHttp || site.Scheme != Uri.UriSchemeHttp))
            throw new RemoteException($"{address} redirects from {site.Scheme} to {target.Scheme}, which is not followed");
        if (!target.PathAndQuery.EndsWith(Query, StringComparison.Ordinal) || target.UserInfo.Length > 0)
            throw new RemoteException($"{address} redirects to {target.GetLeftPart(UriPartial.Authority)}, to an address that is not a repository's");
        return new(target.GetLeftPart(UriPartial.Authority) + target.PathAndQuery[..^Query.Length]);
    }

    private async Task<PipeReader> OpenAsync(HttpResponseMessage response, string kind, Patience patience)
    {
        if (response.StatusCode is not HttpStatusCode.OK)
            throw new RemoteException(Describe(response.StatusCode), HasAsked && service is GitService.ReceivePack && (int)response.StatusCode >= 500);
        if (!string.Equals(response.Content.Headers.ContentType?.MediaType, $"application/x-{service.Name()}-{kind}", StringComparison.OrdinalIgnoreCase))
            throw new RemoteException($"{address} does not answer as git's smart HTTP protocol does; the older 'dumb' protocol is not spoken, and the address has to be the repository's, often ending in .git");
        return PipeReader.Create(new HeardStream(await response.Content.ReadAsStreamAsync(patience.Token), patience), Buffers);
    }

    private string Describe(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => $"{address} wants a user's name and a password, or does not accept what it was given; give --remote-credentials FILE with a line https://USER:PASSWORD@{address.Url.Authority}",
        HttpStatusCode.Forbidden => $"{address} forbids this to the user of the credentials that were given, if any",
        HttpStatusCode.NotFound => $"{address} is not there, or not for this user (HTTP 404)",
        _ => FormattableString.Invariant($"{address} answers with HTTP status {(int)status}"),
    };
}
