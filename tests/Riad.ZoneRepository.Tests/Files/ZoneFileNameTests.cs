using Riad.Dns.Names;
using Riad.ZoneRepository.Files;

namespace Riad.ZoneRepository.Tests.Files;

public sealed class ZoneFileNameTests
{
    public static TheoryData<string, string, string?> Names => new()
    {
        // why                                        file                             apex
        { "bare",                                     "example.org",                   "example.org." },
        { "suffix",                                   "example.org.zone",              "example.org." },
        { "suffix in another case",                   "example.org.ZONE",              "example.org." },
        { "a zone below the top-level domain 'zone'", "example.zone.zone",             "example.zone." },
        { "always the part before the last .zone",    "example.zone",                  "example." },
        { "a final dot may stand",                    "example.org.",                  "example.org." },
        { "RFC 2317",                                 "0%2F26.2.0.192.in-addr.arpa",   "0/26.2.0.192.in-addr.arpa." },
        { "RFC 2317, digits in lower case",           "0%2f26.2.0.192.in-addr.arpa",   "0/26.2.0.192.in-addr.arpa." },
        { "the root",                                 "%2E.zone",                      "." },
        { "the root, bare",                           "%2E",                           "." },
        { "the top-level domain 'root'",              "root.zone",                     "root." },
        { "a percent sign",                           "a%25b",                         "a%b." },
        { "half an octet",                            "a%2",                           null },
        { "no hexadecimal digits",                    "a%zz",                          null },
        { "an empty label",                           "a..b",                          null },
        { "not ASCII",                                "bücher.example",                null },
        { "a label of 64 octets",                     new string('a', 64),             null },
        { "an editor's copy",                         "example.org~",                  "example.org~." },
    };

    public static TheoryData<string, bool> KeyNames => new()
    {
        { "_keys", true },
        { "_KEYS", true },
        { "example.org._keys", true },
        { "example.org._Keys", true },
        { "example.org._keys.", true },
        { "example.org.%5Fkeys", true },
        { "example.org%2e_keys", true },
        { "keys", false },
        { "my_keys", false },
        { "_keys.example.org", false },
        { "example._keysx", false },
    };

    [Theory, MemberData(nameof(Names))]
    public void A_file_name_is_an_absolute_domain_name(string why, string file, string? apex)
    {
        Assert.True(ZoneFileName.TryParse(file, out var parsed) == apex is not null, why);
        Assert.Equal(apex, parsed?.ToString());
    }

    [Theory, MemberData(nameof(KeyNames))]
    public void Key_files_are_known_by_their_last_label(string name, bool expected) => Assert.Equal(expected, ZoneFileName.IsKeyFile(name));

    [Theory]
    [InlineData("Example.ORG.", "example.org")]
    [InlineData("0/26.2.0.192.in-addr.arpa.", "0%2F26.2.0.192.in-addr.arpa")]
    [InlineData(".", "%2E")]
    [InlineData("a\\.b.example.", "a%5C046b.example")]
    [InlineData("example.zone.", "example.zone")]
    [InlineData("\\000\\255\\\\.example.", "%00%5C255%5C092.example")]
    public void An_apex_is_printed_as_the_file_name_that_reads_back(string apex, string file)
    {
        Assert.True(DomainName.TryParseAbsolute(apex, out var name));

        Assert.Equal(file, ZoneFileName.Print(name));
        Assert.True(ZoneFileName.TryParseBare(file, out var back));
        Assert.Equal(name, back);
    }

    [Theory]
    [InlineData("README", true)]
    [InlineData("readme.md", true)]
    [InlineData("LICENSE.txt", true)]
    [InlineData("Makefile", true)]
    [InlineData("readmes.example", false)]
    [InlineData("example.md", false)]
    [InlineData("security.example.org", false)]
    [InlineData("todo.org", false)]
    [InlineData("readme.example.md", false)]
    public void Documents_are_known_by_their_whole_name(string name, bool expected) => Assert.Equal(expected, ZoneFileName.IsDocument(name));

    [Theory]
    [InlineData("_keys", ".")]
    [InlineData("example.com._keys", "example.com.")]
    [InlineData("Example.com._KEYS.", "Example.com.")]
    [InlineData("0%2F26.2.0.192.in-addr.arpa._keys", "0/26.2.0.192.in-addr.arpa.")]
    [InlineData("a..b._keys", null)]
    [InlineData("example.com", null)]
    public void Key_file_is_for_a_domain(string name, string? scope) => Assert.Equal(scope, ZoneFileName.KeyFileScope(name)?.ToString());
}
