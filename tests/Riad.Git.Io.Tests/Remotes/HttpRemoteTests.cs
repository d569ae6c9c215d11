using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Riad.Git.Io.Remotes;
using Riad.Git.Io.Tests.Http;
using Riad.Git.Objects;
using Xunit;

namespace Riad.Git.Io.Tests.Remotes;

/// <summary>What is particular to HTTP: who we are, who the server is, and where it sends us.</summary>
public sealed class HttpRemoteTests : IDisposable
{
    private const string Main = "refs/heads/main";

    private readonly ScratchFolder scratch = new();
    private readonly GitClient bare;
    private readonly Repository here;
    private readonly ObjectId tip;

    public HttpRemoteTests()
    {
        bare = scratch.Client("remote.git");
        bare.Run("init", "-q", "--bare", ".");
        var there = Repository.Open(bare.Folder);
        tip = RemoteTests.Commit(there, ObjectId.Zero, "first");
        Assert.True(there.TryUpdateRefs([new(Main, ObjectId.Zero, tip)], out _));
        here = Repository.Create(Path.Combine(scratch.Path, "here.git"), "main");
    }

    public void Dispose() => scratch.Delete();

    [Fact]
    public async Task A_password_comes_from_a_file_and_is_never_said()
    {
        await using var site = await CgiSite.OpenAsync(bare.Folder, async context =>
        {
            if (context.Request.Headers.Authorization == $"Basic {Convert.ToBase64String("ada:s3cret:word"u8)}")
                return false;
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"zones\"";
            await context.Response.WriteAsync("no");
            return true;
        });
        var authority = new Uri(site.Url).Authority;

        Assert.Contains("--remote-credentials", (await FailAsync(site.Url, [])).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", (await FailAsync(site.Url, [$"http://ada:wr0ng@{authority}"])).Message, StringComparison.Ordinal);
        // Not for this site: another port, another scheme, another user.
        await FailAsync(site.Url.Replace("127.0.0.1", "bob@127.0.0.1", StringComparison.Ordinal), [$"http://ada:s3cret%3Aword@127.0.0.1:1", $"https://ada:s3cret%3Aword@{authority}", $"http://ada:s3cret%3Aword@{authority}"]);
        using var remote = Carrier.RemoteOf(site.Url, new() { Credentials = Credentials("# a comment", $"http://ada:s3cret%3Aword@{authority}") });
        Assert.Equal(tip, await RemoteTests.FetchAsync(remote, here));
    }

    [Fact]
    public async Task The_program_of_GIT_ASKPASS_is_asked_as_git_asks_it()
    {
        var program = Path.Combine(scratch.Path, "ask");
        await File.WriteAllTextAsync(program, "#!/bin/sh\ncase \"$1\" in Username*) echo ada;; Password\\ for*ada@*) echo word;; esac\n");
        using (var chmod = System.Diagnostics.Process.Start("chmod", ["+x", program]))
            await chmod.WaitForExitAsync();
        await using var site = await CgiSite.OpenAsync(bare.Folder, context =>
        {
            var isStranger = context.Request.Headers.Authorization != $"Basic {Convert.ToBase64String("ada:word"u8)}";
            if (isStranger)
                context.Response.StatusCode = 401;
            return Task.FromResult(isStranger);
        });
        using var remote = Carrier.RemoteOf(site.Url, new() { Credentials = CredentialSource.OfGit(name => name switch { "GIT_ASKPASS" => program, "HOME" => scratch.Path, _ => null }) });

        using var fetched = await remote.FetchAsync(here, [Main], default);
        Assert.Equal(tip, fetched.Find(Main));
    }

    public static TheoryData<string, string, string> Redirections => new()
    {
        // why                          to where                                              what is said
        { "to a file",                  "file:///etc/passwd?service=git-upload-pack",         "which is not followed" },
        { "to another service",         "/elsewhere/info/refs?service=git-receive-pack",      "not a repository's" },
        { "to a page",                  "/login",                                             "not a repository's" },
        { "in circles",                 "/zones.git/info/refs?service=git-upload-pack",       "redirects more than 5 times" },
        { "nowhere",                    "",                                                   "nowhere" },
    };

    [Theory, MemberData(nameof(Redirections))]
    public async Task A_redirection_that_leads_astray_is_not_followed(string why, string location, string said)
    {
        await using var site = await CgiSite.OpenAsync(bare.Folder, context =>
        {
            context.Response.StatusCode = 302;
            if (location.Length > 0)
                context.Response.Headers.Location = location;
            return Task.FromResult(true);
        });

        Assert.Contains(said, (await FailAsync(site.Url, [])).Message + why[..0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_has_moved_is_found_and_not_told_the_password_of_the_old_site()
    {
        string? told = null;
        await using var moved = await CgiSite.OpenAsync(bare.Folder, context =>
        {
            told ??= context.Request.Headers.Authorization.ToString();
            return Task.FromResult(false);
        });
        await using var old = await CgiSite.OpenAsync(bare.Folder, context =>
        {
            context.Response.StatusCode = 301;
            context.Response.Headers.Location = $"{moved.Url}/info/refs{context.Request.QueryString}";
            return Task.FromResult(true);
        });
        using var remote = Carrier.RemoteOf(old.Url, new() { Credentials = Credentials($"http://ada:word@{new Uri(old.Url).Authority}") });

        Assert.Equal(tip, await RemoteTests.FetchAsync(remote, here));
        Assert.Equal("", told);
    }

    public static TheoryData<string, int, string, string, string> Strangers => new()
    {
        // why                    status  content type                                      body                  what is said
        { "a web page",           200,    "text/html",                                      "<html>",             "dumb" },
        { "dumb HTTP",            200,    "text/plain",                                     "",                   "dumb" },
        { "an error",             503,    "text/plain",                                     "busy",               "HTTP status 503" },
        { "not for us",           403,    "text/plain",                                     "",                   "forbids" },
        { "no lines",             200,    "application/x-git-upload-pack-advertisement",    "zzzz",               "not git's" },
        { "half a line",          200,    "application/x-git-upload-pack-advertisement",    "001e# service=git-", "not git's" },
        { "nothing",              200,    "application/x-git-upload-pack-advertisement",    "",                   "ends early" },
        { "a sentence",           200,    "application/x-git-upload-pack-advertisement",    "000cERR busy",       "the server says: busy" },
    };

    [Theory, MemberData(nameof(Strangers))]
    public async Task What_is_not_a_git_server_is_named(string why, int status, string contentType, string body, string said)
    {
        await using var site = await CgiSite.OpenAsync(bare.Folder, async context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (status, contentType);
            await context.Response.WriteAsync(body);
            return true;
        });

        Assert.Contains(said, (await FailAsync(site.Url, [])).Message + why[..0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_ends_is_bounded()
    {
        await using var site = await CgiSite.OpenAsync(bare.Folder, async context =>
        {
            context.Response.ContentType = "application/x-git-upload-pack-advertisement";
            var line = Encoding.ASCII.GetBytes($"003d{tip} refs/heads/main\n");
            for (var index = 0; index < 1_000_000 && !context.RequestAborted.IsCancellationRequested; index++)
                await context.Response.Body.WriteAsync(line);
            return true;
        });
        using var remote = Carrier.RemoteOf(site.Url, new() { Limits = new() { Refs = 1000, LineOctets = 1 << 20 } });

        Assert.Contains("more refs than are taken", (await Assert.ThrowsAsync<RemoteException>(() => remote.FetchAsync(here, [Main], default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_named_authority_is_believed()
    {
        using var authority = MakeAuthority("Zones CA");
        using var stranger = MakeAuthority("Somebody else");
        await using var site = await OpenTlsAsync(authority);
        var url = site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/zones.git";

        using var trusting = Carrier.RemoteOf(url, new() { Authorities = [X509CertificateLoader.LoadCertificate(authority.RawData)] });
        using var mistaken = Carrier.RemoteOf(url, new() { Authorities = [X509CertificateLoader.LoadCertificate(stranger.RawData)] });
        using var usual = Carrier.RemoteOf(url, new());

        Assert.Contains("HTTP status 418", (await Assert.ThrowsAsync<RemoteException>(() => trusting.FetchAsync(here, [Main], default))).Message, StringComparison.Ordinal);
        foreach (var remote in (GitRemote[])[mistaken, usual])
            Assert.Contains("certificate", (await Assert.ThrowsAsync<RemoteException>(() => remote.FetchAsync(here, [Main], default))).Message, StringComparison.Ordinal);
    }

    private async Task<RemoteException> FailAsync(string url, string[] credentials)
    {
        using var remote = Carrier.RemoteOf(url, new() { Credentials = Credentials(credentials) });
        return await Assert.ThrowsAsync<RemoteException>(() => remote.FetchAsync(here, [Main], default));
    }

    private CredentialSource Credentials(params string[] lines)
    {
        var file = Path.Combine(scratch.Path, Path.GetRandomFileName());
        File.WriteAllLines(file, lines);
        return new([file], askProgram: null);
    }

    private static async Task<WebApplication> OpenTlsAsync(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), [1]);
        var certificate = X509CertificateLoader.LoadPkcs12(signed.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), password: null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var built = builder.Build();
        built.Run(context =>
        {
            context.Response.StatusCode = 418;
            return Task.CompletedTask;
        });
        await built.StartAsync();
        return built;
    }

    private static X509Certificate2 MakeAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
