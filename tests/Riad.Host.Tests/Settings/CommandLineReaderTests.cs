using System.Collections.Immutable;
using Riad.Core;
using Riad.Host.Settings;
using Xunit;

namespace Riad.Host.Tests.Settings;

public sealed class CommandLineReaderTests
{
    private static readonly Setting<FileInfo?> Users = SettingOf.Optional("--users", "FILE", "Who may push.", (ValueReader<FileInfo>)ValueOf.File);
    private static readonly Setting<bool> PublicRead = SettingOf.Switch("--public-read", "Everybody may read.");
    private static readonly Setting<int> Workers = SettingOf.One("--workers", "COUNT", "How many.", ValueOf.Count(1, 64), 2);
    private static readonly Setting<ImmutableArray<FileInfo>> Paths = SettingOf.Arguments("PATH", "What to check.", (ValueReader<FileInfo>)ValueOf.File);
    private static readonly Setting<string> Name = SettingOf.Argument("NAME", "Who.", (ValueReader<string>)ValueOf.Text);

    private static readonly ApplianceDefinition Definition = new()
    {
        Name = "example",
        Summary = "Is an example.",
        DefaultListen = [Endpoint("127.0.0.1:5300")],
        DefaultHttp = [Endpoint("127.0.0.1:8300")],
        Settings = [Users, PublicRead, Workers],
        Examples = ["example --listen 192.0.2.1:53"],
        Serve = (_, _) => Task.CompletedTask,
        Tools =
        [
            new() { Name = "check", Summary = "Checks.", Settings = [Paths], Run = (_, _) => Task.FromResult(0) },
            new() { Name = "user add", Summary = "Adds a user.", Settings = [Users, Name], Run = (_, _) => Task.FromResult(0) },
        ],
    };

    public static TheoryData<string, string, string> Refusals => new()
    {
        // why                          arguments                           sentence
        { "mistyped option",            "--listn 127.0.0.1:53",             "'--listn' is not an option of 'serve'; write --listen" },
        { "mistyped, with =",           "--listn=127.0.0.1:53",             "'--listn=127.0.0.1:53' is not an option of 'serve'; write --listen" },
        { "unlike any option",          "--frobnicate",                     "'--frobnicate' is not an option of 'serve'; 'example serve --help' lists what is" },
        { "a bad endpoint",             "--listen 127.0.0.1",               "--listen: '127.0.0.1' will not do; write ADDRESS:PORT, such as 127.0.0.1:5300 or [::1]:5300" },
        { "IPv6 without brackets",      "--listen ::1:53",                  "--listen: '::1:53' will not do; write ADDRESS:PORT, such as 127.0.0.1:5300 or [::1]:5300" },
        { "one bad of several",         "--listen [::1]:53 --listen x",     "--listen: 'x' will not do; write ADDRESS:PORT, such as 127.0.0.1:5300 or [::1]:5300" },
        { "no value at the end",        "--users",                          "--users has no value; write --users FILE" },
        { "no value before an option",  "--users --public-read",            "--users has no value; write --users FILE" },
        { "twice",                      "--workers 1 --workers 2",          "--workers is given 2 times; write it once" },
        { "out of range",               "--workers 65",                     "--workers: '65' will not do; write a whole number from 1 to 64" },
        { "not a number",               "--workers many",                   "--workers: 'many' will not do; write a whole number from 1 to 64" },
        { "not a choice",               "--log-level loud",                 "--log-level: 'loud' will not do; write one of debug, info, warning, error" },
        { "only one choice",            "--network dpdk",                   "--network: 'dpdk' will not do; write kernel" },
        { "no such command",            "serv",                             "'serv' is not a command; write one of 'serve', 'check', 'user add', 'health'" },
        { "half a command",             "user",                             "'user' needs a further word; write one of 'user add'" },
        { "no such further word",       "user remove",                      "'user remove' is not a command; write one of 'user add'" },
        { "argument that is missing",   "check",                            "PATH: give at least one" },
        { "one argument too many",      "user add ada bob",                 "'bob' is not an option of 'user add'; 'example user add --help' lists what is" },
        { "option of another command",  "check --public-read x",            "'--public-read' is not an option of 'check'; 'example check --help' lists what is" },
        { "control characters",         "--workers 1\u001b[31m",            "--workers: '1\\u001b[31m' will not do; write a whole number from 1 to 64" },
        { "value of a switch",          "--public-read=maybe",              "'maybe' is not an option of 'serve'; 'example serve --help' lists what is" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void A_wrong_command_line_is_answered_by_one_sentence(string why, string arguments, string sentence)
    {
        var invocation = Read(arguments, GivenElsewhere.Nothing);

        Assert.Equal((why, sentence), (why, Assert.Single(Assert.IsType<Invocation.Refuse>(invocation).Sentences)));
    }

    public static TheoryData<string, string, string[], string> Listening => new()
    {
        // why                                arguments                                       environment, kernel (with a dot)                        listens on
        { "nothing is given",                 "",                                             [],                                                     "127.0.0.1:5300" },
        { "one",                              "--listen 192.0.2.1:53",                        [],                                                     "192.0.2.1:53" },
        { "several",                          "--listen 192.0.2.1:53 --listen=[2001:db8::1]:53", [],                                                  "192.0.2.1:53 [2001:db8::1]:53" },
        { "with serve",                       "serve --listen 192.0.2.1:53",                  [],                                                     "192.0.2.1:53" },
        { "environment",                      "",                                             ["RIAD_LISTEN=192.0.2.2:53"],                          "192.0.2.2:53" },
        { "environment, several",             "",                                             ["RIAD_LISTEN=192.0.2.2:53, [::1]:53"],                "192.0.2.2:53 [::1]:53" },
        { "kernel",                           "",                                             ["riad.listen=192.0.2.3:53"],                           "192.0.2.3:53" },
        { "kernel, twice",                    "",                                             ["riad.listen=192.0.2.3:53", "riad.listen=[::1]:53"],   "192.0.2.3:53 [::1]:53" },
        { "the environment before the kernel", "",                                            ["RIAD_LISTEN=192.0.2.2:53", "riad.listen=[::1]:53"],   "192.0.2.2:53" },
        { "arguments before both",            "--listen 192.0.2.1:53",                        ["RIAD_LISTEN=192.0.2.2:53", "riad.listen=[::1]:53"],   "192.0.2.1:53" },
    };

    [Theory, MemberData(nameof(Listening))]
    public void The_first_place_that_gives_an_option_wins(string why, string arguments, string[] elsewhere, string listens)
    {
        var values = Assert.IsType<Invocation.Serve>(Read(arguments, Elsewhere(elsewhere))).Values;

        Assert.Equal((why, listens), (why, string.Join(' ', values.Get(Definition.Common.Listen))));
    }

    public static TheoryData<string, string, string> RefusalsFromElsewhere => new()
    {
        // why                     given elsewhere                 sentence
        { "bad value",             "RIAD_LISTEN=x",                "RIAD_LISTEN: 'x' will not do; write ADDRESS:PORT, such as 127.0.0.1:5300 or [::1]:5300" },
        { "bad value, kernel",     "riad.workers=0",               "riad.workers: '0' will not do; write a whole number from 1 to 64" },
        { "bad switch",            "RIAD_PUBLIC_READ=perhaps",     "RIAD_PUBLIC_READ: 'perhaps' is neither; write true or false" },
        { "mistyped",              "RIAD_USER=/etc/users",         "RIAD_USER sets nothing here; write RIAD_USERS" },
        { "mistyped, kernel",      "riad.lisen=[::1]:53",          "riad.lisen sets nothing here; write riad.listen" },
        { "unlike any",            "RIAD_FROBNICATE=1",            "RIAD_FROBNICATE sets nothing here; remove it" },
    };

    [Theory, MemberData(nameof(RefusalsFromElsewhere))]
    public void A_wrong_value_from_elsewhere_is_named_by_where_it_came_from(string why, string elsewhere, string sentence) =>
        Assert.Equal((why, sentence), (why, Assert.Single(Assert.IsType<Invocation.Refuse>(Read("", Elsewhere(elsewhere))).Sentences)));

    [Theory]
    [InlineData("", false)]
    [InlineData("--public-read", true)]
    public void A_switch_is_on_when_it_is_given(string arguments, bool expected) =>
        Assert.Equal(expected, Assert.IsType<Invocation.Serve>(Read(arguments, GivenElsewhere.Nothing)).Values.Get(PublicRead));

    [Theory]
    [InlineData("RIAD_PUBLIC_READ=true", true)]
    [InlineData("RIAD_PUBLIC_READ=0", false)]
    [InlineData("riad.public-read", true)]
    public void A_switch_from_elsewhere_says_yes_or_no(string elsewhere, bool expected) =>
        Assert.Equal(expected, Assert.IsType<Invocation.Serve>(Read("", Elsewhere(elsewhere))).Values.Get(PublicRead));

    [Fact]
    public void A_command_gets_its_arguments_in_their_order()
    {
        var tool = Assert.IsType<Invocation.Tool>(Read("check a b c", GivenElsewhere.Nothing));

        Assert.Equal("check", tool.Command.Name);
        Assert.Equal("a b c", string.Join(' ', tool.Values.Get(Paths)));
    }

    [Fact]
    public void A_command_of_two_words_gets_options_before_and_after_its_argument()
    {
        var before = Assert.IsType<Invocation.Tool>(Read("user add --users f ada", GivenElsewhere.Nothing)).Values;
        var after = Assert.IsType<Invocation.Tool>(Read("user add ada --users f", GivenElsewhere.Nothing)).Values;

        Assert.Equal(("ada", "f"), (before.Get(Name), before.Get(Users)?.ToString()));
        Assert.Equal(("ada", "f"), (after.Get(Name), after.Get(Users)?.ToString()));
    }

    [Fact]
    public void A_file_of_arguments_is_not_read_so_that_no_argument_hides()
    {
        var tool = Assert.IsType<Invocation.Tool>(Read("check @arguments", GivenElsewhere.Nothing));

        Assert.Equal("@arguments", Assert.Single(tool.Values.Get(Paths)).ToString());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    public void Help_teaches_every_command_option_and_default(string arguments)
    {
        var text = Assert.IsType<Invocation.Print>(Read(arguments, GivenElsewhere.Nothing)).Text;

        string[] taught =
        [
            "example check PATH...", "example user add [--option value ...] NAME", "--listen ADDRESS:PORT", "Default: 127.0.0.1:5300.",
            "example --listen 192.0.2.1:53", "RIAD_LOG_LEVEL=debug", "--state DIR", "Default: state/example.",
        ];
        Assert.All(taught, expected => Assert.Contains(expected, text, StringComparison.Ordinal));
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public void Help_of_a_command_is_about_that_command()
    {
        var text = Assert.IsType<Invocation.Print>(Read("user add --help", GivenElsewhere.Nothing)).Text;

        Assert.StartsWith("example user add: Adds a user.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("--listen", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_names_version_and_commit() =>
        Assert.Matches(@"^example \d+\.\d+\.\d+ \(commit ([0-9a-f]{40}|unknown)\)\n$", Assert.IsType<Invocation.Print>(Read("--version", GivenElsewhere.Nothing)).Text);

    private static Invocation Read(string arguments, GivenElsewhere elsewhere) =>
        new CommandLineReader(Definition).Read(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), elsewhere);

    private static GivenElsewhere Elsewhere(params string[] words)
    {
        var environment = words.Where(word => word.StartsWith("RIAD_", StringComparison.Ordinal)).Select(word => word.Split('=', 2));
        var kernel = words.Where(word => word.StartsWith("riad.", StringComparison.Ordinal)).Select(word => word.Split('=', 2));
        return new(
            environment.ToImmutableSortedDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal),
            [.. kernel.Select(pair => KeyValuePair.Create(pair[0], pair.ElementAtOrDefault(1) ?? ""))]);
    }

    private static IpEndpoint Endpoint(string text) => IpEndpoint.TryParse(text, out var endpoint) ? endpoint : throw new ArgumentException(text);
}
