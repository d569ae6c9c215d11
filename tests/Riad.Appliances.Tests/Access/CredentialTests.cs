using System.Text;
using Riad.Core;
using Riad.DnsPrimaryGit.Access;
using Riad.Host;
using Xunit;

namespace Riad.Appliances.Tests.Access;

public sealed class CredentialTests
{
    private const int FewIterations = 1000;

    private static readonly IpAddress Client = new(new IPv4Address(0xc633_6407));

    public static TheoryData<string, string?, string?, string?> Headers => new()
    {
        // why                      header                                      name     password
        { "RFC 7617 §2",            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",       "Aladdin", "open sesame" },
        { "RFC 7617 §2.1, UTF-8",   "Basic dGVzdDoxMjPCow==",                   "test",  "123£" },
        { "scheme in any case",     "bAsIc dGVzdDoxMjPCow==",                   "test",  "123£" },
        { "a colon in it",          "Basic YTpiOmM=",                           "a",     "b:c" },
        { "empty password",         "Basic YTo=",                               "a",     "" },
        { "no colon",               "Basic YQ==",                               null,    null },
        { "not base64",             "Basic ?",                                  null,    null },
        { "another scheme",         "Bearer YTpi",                              null,    null },
        { "nothing",                null,                                       null,    null },
    };

    [Theory, MemberData(nameof(Headers))]
    public void A_header_is_read_as_RFC_7617_says(string why, string? header, string? name, string? password)
    {
        Assert.Equal(name is not null, Credential.TryParse(header, out var credential));
        Assert.Equal((why, name, password), (why, credential?.Name, credential?.Password));
    }

    [Fact]
    public void A_hash_has_the_value_that_others_compute()
    {
        // RFC 7914 §11: PBKDF2-HMAC-SHA-256 of "Password" with "NaCl", 80000 iterations; its first 32 octets.
        var octets = Convert.FromHexString("4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56");

        Assert.True(PasswordHash.TryParse($"pbkdf2-sha256:80000:{Convert.ToBase64String("NaCl"u8)}:{Convert.ToBase64String(octets)}", out var hash));
        Assert.True(hash.Verify("Password"));
    }

    [Fact]
    public void A_password_is_right_or_wrong_and_survives_the_file()
    {
        var written = UserTable.Empty.With(Name("ada"), Hash("swordfish")).With(Name("bob"), Hash("x")).Write();

        Assert.True(UserTable.TryRead("# people\n\n" + written, out var table, out _));
        Assert.Equal(2, table.Count);
        Assert.True(table.TryFind("ada", out var hash) && hash.Verify("swordfish") && !hash.Verify("Swordfish"));
        Assert.Equal(written, table.Write());
    }

    [Fact]
    public void A_new_hash_costs_what_OWASP_asks_for() => Assert.StartsWith("pbkdf2-sha256:600000:", PasswordHash.Create("x", new byte[16]).ToString(), StringComparison.Ordinal);

    public static TheoryData<string, string, string> BadFiles => new()
    {
        // why               text                                        fault
        { "no colon",        "ada",                                      "line 1: it does not begin with a user's name and a colon" },
        { "a bad name",      "# x\nada lovelace:x",                      "line 2: it does not begin with a user's name and a colon" },
        { "plain password",  "ada:swordfish",                            "line 1: after the name it is not pbkdf2-sha256:ITERATIONS:SALT:HASH; write it with 'user add'" },
        { "twice",           "ada:{hash}\nada:{hash}",                   "line 2: the user stands in the file already" },
        { "too cheap",       "ada:pbkdf2-sha256:1:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "line 1: after the name it is not pbkdf2-sha256:ITERATIONS:SALT:HASH; write it with 'user add'" },
    };

    [Theory, MemberData(nameof(BadFiles))]
    public void A_bad_users_file_is_refused_without_showing_what_it_holds(string why, string text, string fault)
    {
        Assert.False(UserTable.TryRead(text.Replace("{hash}", Hash("x").ToString(), StringComparison.Ordinal), out _, out var found));
        Assert.Equal((why, fault), (why, found));
    }

    [Fact]
    public async Task A_right_credential_is_right_also_when_it_is_remembered_and_a_wrong_one_is_slowed()
    {
        var clock = new MovedClock();
        using var checker = Checker(clock);

        Assert.Equal("right ada", await AskAsync(checker, "ada", "swordfish"));
        Assert.Equal("right ada", await AskAsync(checker, "ada", "swordfish"));
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.Equal("wrong", await AskAsync(checker, attempt % 2 == 0 ? "ada" : "nobody", "guess"));
        Assert.Equal("later 1", await AskAsync(checker, "bob", "x"));
        // Who is remembered is not locked out by a guesser behind the same address.
        Assert.Equal("right ada", await AskAsync(checker, "ada", "swordfish"));
        clock.Move(TimeSpan.FromSeconds(1));
        Assert.Equal("right bob", await AskAsync(checker, "bob", "x"));
    }

    [Fact]
    public async Task A_removed_user_is_out_at_once()
    {
        using var checker = Checker(new MovedClock());
        Assert.Equal("right ada", await AskAsync(checker, "ada", "swordfish"));

        checker.Replace(UserTable.Empty.With(Name("bob"), Hash("x")));
        Assert.Equal("wrong", await AskAsync(checker, "ada", "swordfish"));
        Assert.Equal("right bob", await AskAsync(checker, "bob", "x"));
    }

    [Fact]
    public void Memory_forgets_after_five_minutes_and_stays_small()
    {
        var memory = new CredentialMemory(new byte[32], 10);
        var ada = Parse("ada", "swordfish");
        memory.Add(ada, Elapsed.FromSeconds(0));

        Assert.True(memory.Knows(ada, Elapsed.FromSeconds(299)));
        Assert.False(memory.Knows(ada, Elapsed.FromSeconds(300)));
        Assert.False(memory.Knows(Parse("ada", "swordfisH"), Elapsed.FromSeconds(0)));
        for (var index = 0; index < 100; index++)
            memory.Add(Parse("ada", $"{index}"), Elapsed.FromSeconds(0));
        Assert.Equal(10, memory.Count);
    }

    private static CredentialChecker Checker(MovedClock clock) =>
        new(UserTable.Empty.With(Name("ada"), Hash("swordfish")).With(Name("bob"), Hash("x")), new HostClock(clock), new SystemRandom(), FewIterations);

    private static async Task<string> AskAsync(CredentialChecker checker, string name, string password) =>
        await checker.CheckAsync(Parse(name, password), Client, CancellationToken.None) switch
        {
            CredentialVerdict.Right(var user) => $"right {user}",
            CredentialVerdict.Wrong => "wrong",
            CredentialVerdict.Later(var wait) => FormattableString.Invariant($"later {wait.TotalSeconds}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Credential Parse(string name, string password) =>
        Credential.TryParse("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")), out var credential) ? credential : throw new ArgumentException(name);

    private static UserName Name(string text) => UserName.TryParse(text, out var name) ? name : throw new ArgumentException(text);

    private static PasswordHash Hash(string password) => PasswordHash.Create(password, "0123456789abcdef"u8, FewIterations);

    private sealed class MovedClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Move(TimeSpan by) => ticks += by.Ticks;
    }
}
