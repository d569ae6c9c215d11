using System.Globalization;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>The commands beside serve, their words and their exit codes.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Good = "@ 3600 SOA ns1 hostmaster 1 7200 900 1209600 300\n@ 3600 NS ns1\nns1 3600 A 192.0.2.1\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-commands-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Check_says_what_a_push_would_say()
    {
        Write("example.org", Good + "$INCLUDE shared/web\n");
        Directory.CreateDirectory(PathOf("shared"));
        Write("shared/web", "www 3600 A 192.0.2.2\n");
        Write("README.md", "words\n");
        Write("_keys", "key. DNSKEY 0 3 163 c2VjcmV0\n");
        var whole = Run("check", ".");
        Assert.Equal(0, whole.ExitCode);
        Assert.Contains("example.org: ", whole.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", whole.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, Run("check", "example.org").ExitCode);

        Write("shared/web", "www 3600 AAAAA 192.0.2.2\n");
        Write("bad.test", Good + "www CNAME a\nwww CNAME b\n");
        var bad = Run("check", ".");
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("shared/web:1:10: 'AAAAA' is not a record type", bad.Output, StringComparison.Ordinal);
        Assert.Contains("bad.test:", bad.Output, StringComparison.Ordinal);
        Assert.Equal(1, Run("check", "bad.test", "example.org").ExitCode);
    }

    [Fact]
    public void Check_names_what_is_wrong_with_keys_and_shows_no_secret()
    {
        const string Secret = "MDEyMzQ1Njc4OWFiY2RlZg==";
        Write("example.org", Good);
        Write("_keys", $"good._update. DNSKEY 0 3 163 {Secret}\nold._update. DNSKEY 0 3 157 {Secret}\nweak._update. DNSKEY 0 3 161 {Secret}\n");
        Write("example.net._keys", $"key._update.example.org. DNSKEY 0 3 163 {Secret}\n");
        foreach (var (arguments, expected) in new[]
        {
            ((string[])["check", "."], "_keys:2:1 _keys:3:1 example.net._keys:1:1"),
            (["check", "_keys"], "_keys:2:1 _keys:3:1"),
            (["check", "_keys", "--allow-sha1"], "_keys:2:1"),
            (["check", "example.net._keys"], "example.net._keys:1:1"),
            (["check", "example.org"], ""),
        })
        {
            var said = Run(arguments).MustSucceed().Output;
            var places = said.Split('\n').Where(line => line.StartsWith("warning: ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1].TrimEnd(':'));
            Assert.Equal(expected, string.Join(' ', places));
            Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Check_of_a_file_knows_the_work_tree_around_it()
    {
        Tool.Git(folder.FullName, "init", "-q", "-b", "main").MustSucceed();
        Directory.CreateDirectory(PathOf("shared"));
        Write("shared/web", "www 3600 A 192.0.2.2\n");
        Write("example.org", Good + "$INCLUDE shared/web\n");
        var elsewhere = RunningAppliance.Command("/", null, "check", PathOf("example.org"));
        Assert.True(elsewhere.Succeeded, elsewhere.ToString());
        Refused(64, "check", PathOf("shared/web"));
        Refused(64, "check", PathOf("missing"));
        Write("notes", "no zone\n");
        Refused(64, "check", PathOf("notes"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("serve", "--nonsense")]
    [InlineData("serve", "--listen", "nowhere")]
    [InlineData("serve", "--serial", "sometimes")]
    [InlineData("serve", "--tls-key", "key")]
    [InlineData("serve", "extra")]
    [InlineData("check")]
    [InlineData("user", "add", "a b", "--users", "users")]
    [InlineData("user", "add", "ada")]
    [InlineData("serial", "reset", "example.org")]
    [InlineData("serial", "reset", "example.org", "--to", "0")]
    [InlineData("pre-receive")]
    public void Wrong_arguments_end_with_64_and_one_sentence(params string[] arguments) => Refused(64, arguments);

    [Fact]
    public void Help_and_version_are_printed()
    {
        Assert.StartsWith("dns-primary-git ", Run("--version").MustSucceed().Output, StringComparison.Ordinal);
        var help = Run("--help").MustSucceed();
        foreach (var word in (string[])["serve", "check", "user add", "serial reset", "pre-receive"])
            Assert.Contains(word, help.Output, StringComparison.Ordinal);
        Assert.Contains("--public-read", Run("serve", "--help").MustSucceed().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Second_process_on_the_same_state_and_a_taken_port_end_with_1()
    {
        using var first = RunningAppliance.Start(PathOf("one"), "--example");
        using var second = RunningAppliance.Launch(PathOf("one"));
        Assert.Equal(1, second.WaitForEnd());
        Assert.Contains($"is in use by process {first.ProcessId}", second.Log, StringComparison.Ordinal);
        using var third = RunningAppliance.Launch(PathOf("two"), "--listen", $"127.0.0.1:{first.Dns.Port}");
        Assert.Equal(1, third.WaitForEnd());
        Assert.Contains($"port {first.Dns.Port} on 127.0.0.1 is already taken", third.Log, StringComparison.Ordinal);
        using var fourth = RunningAppliance.Launch(PathOf("three"), "--http", $"127.0.0.1:{first.Http.Port}");
        Assert.Equal(1, fourth.WaitForEnd());
        Assert.Contains($"{first.Http.Port}", fourth.Log, StringComparison.Ordinal);
        first.Signal("HUP");
        Assert.Equal(0, first.Stop());
    }

    [Fact]
    public void Serial_reset_leads_down_in_steps_that_pushes_can_take()
    {
        using var work = new Workplace("--example");
        var plan = Run("serial", "reset", "example.org", "--to", "7", "--repository", work.Bare).MustSucceed().Output;
        Assert.StartsWith("example.org is served with serial 2026112001.", plan, StringComparison.Ordinal);
        var before = "2026112001";
        foreach (var serial in plan.Split('\n').Skip(1).Where(line => line.Contains("with serial ", StringComparison.Ordinal)).Select(line => line.Split("with serial ")[1].Split(' ', ';')[0]))
        {
            work.Replace("example.org", before, serial);
            work.Commit($"serial {serial}");
            work.Push("-o", "serial-jump").MustSucceed();
            before = serial;
        }
        Assert.Contains(" 7 ", work.Dig("example.org", "SOA", "+short"), StringComparison.Ordinal);
        Assert.Equal(1, Run("serial", "reset", "example.test", "--to", "7", "--repository", work.Bare).ExitCode);
        Assert.Equal(1, Run("serial", "reset", "example.org", "--to", "7", "--repository", folder.FullName).ExitCode);
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    private ToolResult Run(params string[] arguments) => RunningAppliance.Command(folder.FullName, null, arguments);

    private void Refused(int code, params string[] arguments)
    {
        var refused = Run(arguments);
        Assert.True(refused.ExitCode == code, string.Create(CultureInfo.InvariantCulture, $"{code} was expected: {refused}"));
        Assert.Equal("", refused.Output);
        Assert.StartsWith("dns-primary-git: ", refused.Error, StringComparison.Ordinal);
        Assert.Equal(1, refused.Error.Count(character => character == '\n'));
    }
}
