using System.Text;
using Riad.Git.Protocol.Client;
using Xunit;

namespace Riad.Git.Tests.Protocol.Client;

public sealed class CredentialTests
{
    public static TheoryData<string, string, string?, string?> Lines => new()
    {
        // site                                    line                                           user    password
        { "https://forge.example/zones.git",       "https://ada:word@forge.example",              null,   "word" },
        { "https://forge.example/zones.git",       "https://ada:a%20b%3A@FORGE.example/other",    "ada",  "a b:" },
        { "https://forge.example/zones.git",       "https://ada:word@forge.example:443",          null,   "word" },
        { "https://forge.example:8443/zones.git",  "https://ada:word@forge.example",              null,   null },
        { "https://forge.example/zones.git",       "http://ada:word@forge.example:443",           null,   null },
        { "https://forge.example/zones.git",       "https://ada:word@forge.example",              "bob",  null },
        { "https://forge.example/zones.git",       "https://ada@forge.example",                   null,   null },
        { "https://forge.example/zones.git",       "ada:word",                                    null,   null },
        { "https://forge.example/zones.git",       "",                                            null,   null },
    };

    [Fact]
    public void A_host_that_is_no_name_is_nobodys_site()
    {
        var line = Encoding.UTF8.GetString(Convert.FromHexString("68747470733a2f2f283a40666fda83f9727470733a2f2f283a40666fdaf97267652e6578616d706c")); // found by fuzzing: asking for its A-label throws

        Assert.False(StoredCredentials.TryFind([line], new Uri("https://forge.example/zones.git"), null, out _));
    }

    [Theory, MemberData(nameof(Lines))]
    public void A_password_is_for_one_site(string site, string line, string? user, string? password)
    {
        var found = StoredCredentials.TryFind([line], new Uri(site), user, out var credential);

        Assert.Equal((password is not null, password), (found, credential?.Password));
        Assert.Equal(found ? "ada" : null, credential?.ToString());
    }

    [Theory]
    [InlineData("/srv/zones.git", "'/srv/zones.git'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("wow!", @"'wow'\!''")]
    [InlineData("$(rm)", "'$(rm)'")]
    public void A_word_for_a_shell_is_quoted_as_git_quotes_it(string text, string quoted) => Assert.Equal(quoted, ShellWord.Quote(text));
}
