using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Riad.Host;
using Riad.Host.Http;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>Stands before every handler: turns a request into facts, and a verdict into an answer. Decides nothing.</summary>
internal sealed class AccessGate(AccessPolicy policy, CredentialChecker? checker, Func<HealthReport> health, ILogger log)
{
    private AccessPolicy policy = policy;

    /// <summary>
    /// Called before anybody fetches because everybody may: refs may name by now what nobody is to see, so that
    /// <see cref="EndPublicRead"/> is called. False when that cannot be told now: then nobody fetches for being everybody.
    /// </summary>
    public Func<CancellationToken, Task<bool>> LookBeforePublicFetch { get; set; } = static _ => Task.FromResult(true);

    /// <summary>Opens the gate as the operator set it, and puts it before the appliance's HTTP.</summary>
    /// <exception cref="OperatorException">The users file is not usable.</exception>
    public static AccessGate Open(HostServices host)
    {
        var log = host.Logs.CreateLogger("access");
        var asSet = AccessPolicy.Of(host.Settings);
        var gate = new AccessGate(asSet, OpenChecker(host, log), () => host.Health.Report, log);
        host.Http.Guard(gate.HandleAsync);
        WarnOfClosedDoors(host, asSet, log);
        return gate;
    }

    /// <summary>Lets a request pass, asks for a password, or refuses.</summary>
    /// <remarks>Behind it <c>HttpContext.User.Identity.Name</c> is the user's name, or null where none was asked for.</remarks>
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var facts = FactsOf(context);
        var isLooked = facts.Kind is not AccessKind.Fetch || !Volatile.Read(ref policy).PublicRead || await LookBeforePublicFetch(context.RequestAborted);
        var decided = Volatile.Read(ref policy);
        switch (isLooked ? decided.Decide(facts) : (decided with { PublicRead = false }).Decide(facts))
        {
            case AccessVerdict.Allow:
                await next(context);
                break;
            case AccessVerdict.AllowBrief:
                await PlainAnswer.WriteBrieflyAsync(context, health());
                break;
            case AccessVerdict.Refuse when !isLooked:
                await PlainAnswer.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "the repository cannot be searched for keys now, so it is not shown to everybody; try again later");
                break;
            case AccessVerdict.Refuse(var sentence):
                await PlainAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, sentence);
                break;
            case AccessVerdict.Authenticate(var client):
                await AuthenticateAsync(context, client, next);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>From now on nobody reads who may not push: as if <c>--public-read</c> had not been given.</summary>
    public void EndPublicRead() => Volatile.Write(ref policy, policy with { PublicRead = false });

    private async Task AuthenticateAsync(HttpContext context, Core.IpAddress client, RequestDelegate next)
    {
        if (checker is null || !Credential.TryParse(context.Request.Headers.Authorization, out var credential))
        {
            await ChallengeAsync(context, "a user's name and password are needed");
            return;
        }
        switch (await checker.CheckAsync(credential, client.ClientNetwork(), context.RequestAborted))
        {
            case CredentialVerdict.Right(var user):
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, user)], "Basic"));
                await next(context);
                break;
            case CredentialVerdict.Wrong:
                log.LogWarning("a wrong name or password client={Client} user={User}", client, credential.Name);
                await ChallengeAsync(context, "the name or the password is wrong");
                break;
            case CredentialVerdict.Later(var wait):
                var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                await PlainAnswer.WriteAsync(
                    context, StatusCodes.Status429TooManyRequests, string.Create(CultureInfo.InvariantCulture, $"too many wrong passwords; try again in {seconds} s"));
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static Task ChallengeAsync(HttpContext context, string sentence)
    {
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"zones\", charset=\"UTF-8\"";
        return PlainAnswer.WriteAsync(context, StatusCodes.Status401Unauthorized, sentence);
    }

    private static CredentialChecker? OpenChecker(HostServices host, ILogger log)
    {
        if (host.Settings.Get(AccessSettings.Users) is not { } file)
            return null;
        var users = UsersFile.Open(file, log);
        var checker = new CredentialChecker(users.Current, host.Clock, host.Random);
        users.OnChange(checker.Replace);
        host.Background.Run("users file", stop => users.WatchAsync(host.Clock.Provider, stop));
        host.OnReload(_ =>
        {
            users.Check();
            return Task.CompletedTask;
        });
        return checker;
    }

    private static void WarnOfClosedDoors(HostServices host, AccessPolicy asSet, ILogger log)
    {
        var isOutside = host.Http.Requested.Any(endpoint => !endpoint.Address.IsLoopback);
        if (isOutside && !asSet.HasUsers)
            log.LogWarning("nobody outside this host can push: there are no users; add --users FILE");
        else if (isOutside && !host.Http.IsTls && asSet.Proxies.IsEmpty)
            log.LogWarning("nobody outside this host can push: there is no TLS; add --tls-certificate and --tls-key, or --behind-proxy ADDRESS");
    }

    private static AccessFacts FactsOf(HttpContext context)
    {
        var request = context.Request;
        return new(AccessFacts.KindOf(request.Method, request.PathBase + request.Path, request.Query["service"]), RequestFacts.Of(context));
    }
}
