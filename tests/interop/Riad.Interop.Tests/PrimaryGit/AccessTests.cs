using System.Globalization;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>Who may do what, with git and curl as clients.</summary>
public sealed class AccessTests : IDisposable
{
    private const string Discovery = "/zones.git/info/refs?service=git-receive-pack";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-access-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Users_push_over_TLS_and_a_wrong_password_is_slowed()
    {
        AddUser("ada", "correct horse");
        MakeCertificate("first");
        using var appliance = Start("--users", PathOf("users"), "--tls-certificate", PathOf("cert"), "--tls-key", PathOf("key"), "--example");
        var clone = PathOf("clone");
        var trust = $"http.sslCAInfo={PathOf("cert")}";
        Tool.Git(folder.FullName, "-c", trust, "clone", "-q", WithUser(appliance, "ada:correct%20horse"), clone).MustSucceed();
        File.AppendAllText(Path.Combine(clone, "example.org"), "ada A 192.0.2.71\n");
        Tool.Git(clone, "commit", "-q", "-a", "-m", "by ada").MustSucceed();
        var push = Tool.Git(clone, "-c", trust, "push", "origin", "main");
        Assert.True(push.Succeeded, $"{push}\n{appliance.Log}");
        File.AppendAllText(Path.Combine(clone, "example.org"), "bob A 192.0.2.72\n");
        Tool.Git(clone, "commit", "-q", "-a", "-m", "by ada, over HTTP/1.1").MustSucceed();
        Tool.Git(clone, "-c", trust, "-c", "http.version=HTTP/1.1", "push", "origin", "main").MustSucceed();
        Assert.Contains("user=ada", appliance.Log, StringComparison.Ordinal);

        Assert.Equal("401", Status(appliance, "/"));
        Assert.Equal("401", Status(appliance, Discovery));
        Assert.Contains("401", Status(appliance, "/zones.git/info/refs?service=git-upload-pack"), StringComparison.Ordinal);
        // A user is named before it is known: a name that does not exist is told apart by nothing.
        Assert.Equal("401", Status(appliance, "/", "-u", "eve:guess"));
        GuessUntilSlowed(appliance, "/");
        Assert.DoesNotContain("correct horse", appliance.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("correct", File.ReadAllText(PathOf("users")), StringComparison.Ordinal);
        var refused = Tool.Git(clone, "-c", trust, "push", WithUser(appliance, "ada:wrong"), "main");
        Assert.False(refused.Succeeded);
    }

    [Fact]
    public void Certificate_and_users_are_read_again_when_they_change()
    {
        AddUser("ada", "one");
        MakeCertificate("first");
        using var appliance = Start("--users", PathOf("users"), "--tls-certificate", PathOf("cert"), "--tls-key", PathOf("key"));
        Assert.Equal("200", Status(appliance, "/", "-u", "ada:one"));
        MakeCertificate("second");
        AddUser("bob", "two");
        Assert.Equal("200", Workplace.Await(() => Status(appliance, "/", "-u", "bob:two", "--cacert", PathOf("cert")), code => code == "200"));
        appliance.Signal("HUP");
        Assert.Equal("200", Status(appliance, "/", "-u", "ada:one", "--cacert", PathOf("cert")));
    }

    [Fact]
    public void Requests_of_web_pages_and_unknown_proxies_are_refused_on_loopback()
    {
        using var appliance = Start("--example");
        var port = appliance.Http.Port;
        Assert.Equal("200", Status(appliance, Discovery));
        Assert.Equal("200", Status(appliance, "/"));
        foreach (var header in (string[])["Origin: http://evil.example", "Origin: null", "Host: evil.example", $"Host: evil.example:{port}", "Sec-Fetch-Site: cross-site", "X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1", "Via: 1.1 proxy", "X-Real-IP: 192.0.2.1"])
        {
            foreach (var path in (string[])[Discovery, "/zones.git/info/refs?service=git-upload-pack", "/", "/zones/example.org", "/metrics"])
                Assert.True(Status(appliance, path, "-H", header) == "403", $"{header} {path}");
            Assert.True(Status(appliance, "/zones.git/git-receive-pack", "-H", header, "-d", "0000", "-H", "Content-Type: application/x-git-receive-pack-request") == "403", header);
        }
        Assert.Equal("200", Status(appliance, "/", "-H", $"Host: localhost:{port}"));
        Assert.Contains("frame-ancestors", Tool.Run("curl", ["-si", appliance.Http.ToString()], ".").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Known_proxy_is_believed_and_must_have_done_TLS()
    {
        AddUser("ada", "secret");
        using var appliance = Start("--users", PathOf("users"), "--behind-proxy", "127.0.0.1", "--example");
        Assert.Equal("403", Status(appliance, Discovery));
        Assert.Equal("403", Status(appliance, Discovery, "-H", "X-Forwarded-For: 203.0.113.1", "-H", "X-Forwarded-Proto: http", "-u", "ada:secret"));
        string[] secure = ["-H", "X-Forwarded-For: 203.0.113.1", "-H", "X-Forwarded-Proto: https"];
        Assert.Equal("401", Status(appliance, Discovery, secure));
        Assert.Equal("200", Status(appliance, Discovery, [.. secure, "-u", "ada:secret"]));
        GuessUntilSlowed(appliance, Discovery, secure);
        // Another client of the same proxy does not pay for the first one.
        Assert.Equal("200", Status(appliance, Discovery, "-H", "X-Forwarded-For: 198.51.100.7", "-H", "X-Forwarded-Proto: https", "-u", "ada:secret"));
    }

    [Fact]
    public void Outside_loopback_nobody_is_let_in_without_TLS()
    {
        if (FindOwnAddress() is not { } own)
            return;
        AddUser("ada", "secret");
        using (var appliance = Start("--users", PathOf("users"), "--http", $"{own}:0", "--example"))
        {
            Assert.Equal("403", Status(appliance, Discovery, "-u", "ada:secret"));
            Assert.Equal("403", Status(appliance, "/"));
            Assert.Equal("200", Status(appliance, "/health"));
            Assert.Contains("nobody outside this host can push", appliance.Log, StringComparison.Ordinal);
        }
        using (var appliance = Start("--public-read", "--http", $"{own}:0"))
        {
            Assert.Equal("403", Status(appliance, Discovery));
            Assert.Equal("200", Status(appliance, "/"));
            Tool.Git(folder.FullName, "clone", "-q", new Uri(appliance.Http, "/zones.git").ToString(), PathOf("public")).MustSucceed();
        }
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private RunningAppliance Start(params string[] options) => RunningAppliance.Start(PathOf("state"), options);

    private void AddUser(string name, string password) =>
        RunningAppliance.Command(folder.FullName, password + "\n", "user", "add", name, "--users", PathOf("users")).MustSucceed();

    private void MakeCertificate(string name)
    {
        Tool.Run(
            "openssl",
            ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", $"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", PathOf("new.key"), "-out", PathOf("new.cert")],
            folder.FullName).MustSucceed();
        File.Move(PathOf("new.key"), PathOf("key"), overwrite: true);
        File.Move(PathOf("new.cert"), PathOf("cert"), overwrite: true);
    }

    private static string WithUser(RunningAppliance appliance, string user) => $"https://{user}@127.0.0.1:{appliance.Http.Port}/zones.git";

    private static string Status(RunningAppliance appliance, string path, params string[] more)
    {
        string[] trust = more.Contains("--cacert") ? [] : ["-k"];
        return Tool.Run("curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", .. trust, .. more, new Uri(appliance.Http, path).ToString()], ".").Output;
    }

    /// <summary>Guesses passwords one after the other. On a slow machine some guesses come after the first short waits are over; each makes the next wait longer.</summary>
    private static void GuessUntilSlowed(RunningAppliance appliance, string path, params string[] more)
    {
        var codes = new List<string>();
        while (codes.Count < 20 && !codes.Contains("429", StringComparer.Ordinal))
            codes.Add(Status(appliance, path, [.. more, "-u", $"ada:{codes.Count}"]));
        Assert.Equal("429", codes[^1]);
        Assert.All(codes[..^1], code => Assert.Equal("401", code));
    }

    private static string? FindOwnAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily is AddressFamily.InterNetwork && !System.Net.IPAddress.IsLoopback(address))?
        .ToString();
}
