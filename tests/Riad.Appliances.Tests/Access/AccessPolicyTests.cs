using System.Text;
using Riad.Core;
using Riad.DnsPrimaryGit.Access;
using Riad.Host.Http;
using Xunit;

namespace Riad.Appliances.Tests.Access;

public sealed class AccessPolicyTests
{
    private const string Proxy = "192.0.2.80";

    // Shapes of request, as headers and connection show them.
    private static readonly RequestFacts Local = Facts("127.0.0.1", "127.0.0.1:8300");
    private static readonly RequestFacts Outside = Facts("198.51.100.7", "dns.example.org");

    private static readonly Dictionary<string, RequestFacts> Requests = new(StringComparer.Ordinal)
    {
        ["local"] = Local,
        ["local by name"] = Local with { Host = "localhost:8300" },
        ["local by IPv6"] = Facts("::1", "[::1]:8300"),
        ["local, other port"] = Local with { Host = "127.0.0.1:8301" },
        ["local, no port"] = Local with { Host = "127.0.0.1" },
        ["local, no host"] = Local with { Host = "" },
        ["rebound name"] = Local with { Host = "evil.example:8300", FetchSite = "same-origin" },
        ["local, forwarded port, page"] = Local with { Host = "localhost:8080", Origin = "http://localhost:8080" },
        ["origin of ours"] = Local with { Origin = "http://127.0.0.1:8300" },
        ["origin of others"] = Local with { Origin = "http://evil.example" },
        ["typed into a browser"] = Local with { FetchSite = "none" },
        ["link on our page"] = Local with { FetchSite = "same-origin" },
        ["link on another page"] = Local with { FetchSite = "cross-site" },
        ["another port's page"] = Local with { FetchSite = "same-site" },
        ["unknown proxy here"] = Local with { IsForwarded = true, ForwardedFor = ["198.51.100.7"] },
        ["outside"] = Outside,
        ["outside, TLS"] = Outside with { IsTls = true },
        ["outside, TLS, page"] = Outside with { IsTls = true, Origin = "https://evil.example" },
        ["outside, claims to be here"] = Outside with { IsForwarded = true, ForwardedFor = ["127.0.0.1"], ForwardedProto = "https" },
        ["outside, Host localhost"] = Outside with { Host = "localhost:8300" },
        ["own address"] = Facts("192.0.2.1", "localhost:8300") with { IsFromOwnAddress = true },
        ["own address, forwarded"] = Facts("192.0.2.1", "localhost:8300") with { IsFromOwnAddress = true, IsForwarded = true },
        ["own address, rebound"] = Facts("192.0.2.1", "evil.example:8300") with { IsFromOwnAddress = true },
        ["own address, page"] = Facts("192.0.2.1", "localhost:8300") with { IsFromOwnAddress = true, Origin = "http://evil.example" },
        ["proxy, own address"] = Facts(Proxy, "localhost:8300") with { IsFromOwnAddress = true },
        ["proxy, TLS"] = Facts(Proxy, "dns.example.org") with { IsForwarded = true, ForwardedFor = ["198.51.100.7"], ForwardedProto = "https" },
        ["proxy, no TLS"] = Facts(Proxy, "dns.example.org") with { IsForwarded = true, ForwardedFor = ["198.51.100.7"], ForwardedProto = "http" },
        ["proxy, mute"] = Facts(Proxy, "dns.example.org"),
        ["proxy, forged first"] = Facts(Proxy, "dns.example.org") with { IsForwarded = true, ForwardedFor = ["127.0.0.1", " 198.51.100.7"], ForwardedProto = "https" },
        ["proxy, forged proto"] = Facts(Proxy, "dns.example.org") with { IsForwarded = true, ForwardedFor = ["198.51.100.7"], ForwardedProto = "https, http" },
        ["proxy, claims local"] = Facts(Proxy, "127.0.0.1:8300") with { IsForwarded = true, ForwardedFor = ["127.0.0.1"], ForwardedProto = "http" },
        ["two proxies"] = Facts(Proxy, "dns.example.org") with { IsForwarded = true, ForwardedFor = ["198.51.100.7", Proxy], ForwardedProto = "https" },
        ["proxy, with a port"] = Facts(Proxy, "dns.example.org") with { IsForwarded = true, ForwardedFor = ["[2001:db8::7]:1234"], ForwardedProto = "https" },
    };

    public static TheoryData<string, string, string, string> Verdicts => new()
    {
        // policy               request                       kind        verdict
        { "no users",           "local",                      "Push",     "allow" },
        { "no users",           "local",                      "Fetch",    "allow" },
        { "no users",           "local",                      "Page",     "allow" },
        { "no users",           "local",                      "Metrics",  "allow" },
        { "no users",           "local",                      "Health",   "allow" },
        { "no users",           "local by name",              "Push",     "allow" },
        { "no users",           "local by IPv6",              "Push",     "allow" },
        { "no users",           "local, other port",          "Push",     "allow" },
        { "no users",           "local, no port",             "Page",     "allow" },
        { "no users",           "local, forwarded port, page", "Push",    "refuse: a web page" },
        { "no users",           "local, no host",             "Push",     "refuse: the Host header" },
        { "no users",           "rebound name",               "Push",     "refuse: the Host header" },
        { "no users",           "rebound name",               "Page",     "refuse: the Host header" },
        { "no users",           "rebound name",               "Fetch",    "refuse: the Host header" },
        { "no users",           "rebound name",               "Metrics",  "refuse: the Host header" },
        { "no users",           "rebound name",               "Health",   "brief" },
        { "no users",           "origin of ours",             "Push",     "refuse: a web page" },
        { "no users",           "origin of others",           "Push",     "refuse: a web page" },
        { "no users",           "origin of others",           "Page",     "refuse: a web page" },
        { "no users",           "typed into a browser",       "Page",     "allow" },
        { "no users",           "link on our page",           "Page",     "allow" },
        { "no users",           "link on another page",       "Page",     "refuse: a page of another" },
        { "no users",           "another port's page",        "Push",     "refuse: a web page sent this, and none may push; use git" },
        { "no users",           "unknown proxy here",         "Push",     "refuse: this came through a proxy" },
        { "no users",           "unknown proxy here",         "Page",     "refuse: this came through a proxy" },
        { "no users",           "unknown proxy here",         "Health",   "brief" },
        { "no users",           "outside",                    "Push",     "refuse: from outside only known" },
        { "no users",           "outside, TLS",               "Push",     "refuse: from outside only known" },
        { "no users",           "outside, TLS",               "Fetch",    "refuse: from outside only known" },
        { "no users",           "outside, TLS",               "Page",     "refuse: from outside only known" },
        { "no users",           "outside, TLS",               "Metrics",  "refuse: from outside only known" },
        { "no users",           "outside",                    "Health",   "brief" },
        { "no users",           "outside, claims to be here", "Push",     "refuse: from outside only known" },
        { "no users",           "outside, Host localhost",    "Push",     "refuse: from outside only known" },

        { "no users",           "own address",                "Health",   "allow" },
        { "no users",           "own address",                "Metrics",  "refuse: from outside only known" },
        { "no users",           "own address",                "Push",     "refuse: from outside only known" },
        { "no users",           "own address, forwarded",     "Health",   "brief" },
        { "no users",           "own address, rebound",       "Health",   "brief" },
        { "no users",           "own address, page",          "Health",   "brief" },
        { "users",              "own address",                "Health",   "allow" },
        { "users",              "own address",                "Push",     "refuse: from outside only TLS" },
        { "users, proxy",       "proxy, own address",         "Health",   "brief" },

        { "no users, public",   "outside",                    "Page",     "allow" },
        { "no users, public",   "outside",                    "Fetch",    "allow" },
        { "no users, public",   "outside",                    "Push",     "refuse: from outside only known" },
        { "no users, public",   "outside",                    "Metrics",  "refuse: from outside only known" },

        { "users",              "local",                      "Push",     "authenticate 127.0.0.1" },
        { "users",              "local",                      "Fetch",    "authenticate 127.0.0.1" },
        { "users",              "local",                      "Page",     "authenticate 127.0.0.1" },
        { "users",              "local",                      "Metrics",  "allow" },
        { "users",              "local",                      "Health",   "allow" },
        { "users",              "rebound name",               "Metrics",  "refuse: the Host header" },
        { "users",              "rebound name",               "Page",     "authenticate 127.0.0.1" },
        { "users",              "origin of others",           "Push",     "refuse: a web page sent this, and none may push; use git" },
        { "users",              "link on another page",       "Page",     "authenticate 127.0.0.1" },
        { "users",              "unknown proxy here",         "Push",     "refuse: this came through a proxy" },
        { "users",              "outside",                    "Push",     "refuse: from outside only TLS" },
        { "users",              "outside",                    "Page",     "refuse: from outside only TLS" },
        { "users",              "outside",                    "Health",   "brief" },
        { "users",              "outside, TLS",               "Push",     "authenticate 198.51.100.7" },
        { "users",              "outside, TLS",               "Fetch",    "authenticate 198.51.100.7" },
        { "users",              "outside, TLS",               "Page",     "authenticate 198.51.100.7" },
        { "users",              "outside, TLS",               "Metrics",  "authenticate 198.51.100.7" },
        { "users",              "outside, TLS",               "Health",   "brief" },
        { "users",              "outside, TLS, page",         "Push",     "refuse: a web page" },
        { "users",              "outside, claims to be here", "Push",     "refuse: from outside only TLS" },

        { "users, public",      "outside",                    "Page",     "allow" },
        { "users, public",      "outside",                    "Fetch",    "allow" },
        { "users, public",      "outside",                    "Push",     "refuse: from outside only TLS" },
        { "users, public",      "outside, TLS",               "Metrics",  "authenticate 198.51.100.7" },
        { "users, public",      "local",                      "Page",     "allow" },
        { "users, public",      "local",                      "Push",     "authenticate 127.0.0.1" },

        { "users, proxy",       "proxy, TLS",                 "Push",     "authenticate 198.51.100.7" },
        { "users, proxy",       "proxy, no TLS",              "Push",     "refuse: from outside only TLS" },
        { "users, proxy",       "proxy, mute",                "Push",     "refuse: from outside only TLS" },
        { "users, proxy",       "proxy, forged first",        "Push",     "authenticate 198.51.100.7" },
        { "users, proxy",       "proxy, forged proto",        "Push",     "refuse: from outside only TLS" },
        { "users, proxy",       "proxy, claims local",        "Push",     "refuse: from outside only TLS" },
        { "users, proxy",       "two proxies",                "Push",     "authenticate 198.51.100.7" },
        { "users, proxy",       "proxy, with a port",         "Push",     "authenticate 2001:db8::7" },
        { "users, proxy",       "proxy, TLS",                 "Health",   "brief" },
        { "users, proxy",       "outside, claims to be here", "Push",     "refuse: from outside only TLS" },
        { "users, proxy",       "local",                      "Push",     "authenticate 127.0.0.1" },
        { "users",              "proxy, TLS",                 "Push",     "refuse: from outside only TLS" },
    };

    [Theory, MemberData(nameof(Verdicts))]
    public void A_request_gets_its_verdict(string policy, string request, string kind, string verdict)
    {
        var facts = new AccessFacts(Enum.Parse<AccessKind>(kind), Requests[request]);
        var rules = new AccessPolicy(
            HasUsers: policy.StartsWith("users", StringComparison.Ordinal),
            PublicRead: policy.EndsWith("public", StringComparison.Ordinal),
            Proxies: policy.EndsWith("proxy", StringComparison.Ordinal) ? [Address(Proxy)] : []);

        Assert.StartsWith($"{policy}, {request}, {kind}: {verdict}", $"{policy}, {request}, {kind}: {Show(rules.Decide(facts))}", StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_request_nobody_outside_pushes_without_a_password()
    {
        var policies = from users in (bool[])[false, true] from open in (bool[])[false, true] from proxied in (bool[])[false, true]
                       select new AccessPolicy(users, open, proxied ? [Address(Proxy)] : []);

        Assert.All(policies, policy => Assert.All(
            Requests.Values.Where(facts => !facts.Peer.IsLoopback),
            facts => Assert.IsNotType<AccessVerdict.Allow>(policy.Decide(new(AccessKind.Push, facts)))));
    }

    [Theory]
    [InlineData("GET", "/zones.git/info/refs", "git-upload-pack", "Fetch")]
    [InlineData("GET", "/zones.git/info/refs", "git-receive-pack", "Push")]
    [InlineData("GET", "/zones.git/info/refs", "git-upload-pack,git-receive-pack", "Push")]
    [InlineData("POST", "/zones.git/git-upload-pack", "", "Fetch")]
    [InlineData("POST", "/zones.git/git-receive-pack", "", "Push")]
    [InlineData("GET", "/zones.git/git-receive-pack", "", "Push")]
    [InlineData("POST", "/zones.git/git-upload-pack", "git-receive-pack", "Push")]
    [InlineData("GET", "/zones.git/HEAD", "", "Fetch")]
    [InlineData("POST", "/anything", "", "Push")]
    [InlineData("DELETE", "/health", "", "Push")]
    [InlineData("GET", "/", "", "Page")]
    [InlineData("HEAD", "/zones/example.org", "", "Page")]
    [InlineData("GET", "/health", "", "Health")]
    [InlineData("GET", "/metrics", "", "Metrics")]
    [InlineData("GET", "/metrics/x", "", "Page")]
    public void What_is_not_known_to_be_a_reading_is_a_push(string method, string path, string services, string kind) =>
        Assert.Equal(kind, AccessFacts.KindOf(method, path, services.Split(',')).ToString());

    private static string Show(AccessVerdict verdict) => verdict switch
    {
        AccessVerdict.Allow => "allow",
        AccessVerdict.AllowBrief => "brief",
        AccessVerdict.Authenticate(var client) => $"authenticate {client}",
        AccessVerdict.Refuse(var sentence) => $"refuse: {sentence}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static RequestFacts Facts(string peer, string host) => new() { Peer = Address(peer), Port = 8300, Host = host };

    private static IpAddress Address(string text) => IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address) ? address : throw new ArgumentException(text);
}
