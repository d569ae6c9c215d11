using System.Text;
using Riad.Dns.Names;
using Riad.Dns.Tsig;
using Riad.Dns.Tsig.Keys;
using Xunit;

namespace Riad.Dns.Tests.Tsig;

public sealed class KeyFileTests
{
    private const string Secret = "MDEyMzQ1Njc4OWFiY2RlZg=="; // 0123456789abcdef

    public static TheoryData<string, string> Good => new()
    {
        // text                                                                        keys
        { "",                                                                          "" },
        { "# nothing\n\n// here /*\n/* nor\n here */\n",                               "" },
        { $"a:hmac-sha256:{Secret}",                                                   "a:hmac-sha256" },
        { $"  a.example.:HMAC-SHA512.:{Secret}  # a comment\r\nb:SHA224:{Secret} // another\n", "b:hmac-sha224 a.example:hmac-sha512" },
        { $"b:165:{Secret}\na:164:{Secret} /* more */",                                "a:hmac-sha384 b:hmac-sha512" },
        { $"key \"a\" {{ algorithm hmac-sha256; secret \"{Secret}\"; }};",             "a:hmac-sha256" },
        { $"key a{{secret {Secret};algorithm \"hmac-sha384\";}};key:sha256:{Secret}",  "a:hmac-sha384 key:hmac-sha256" },
        { $"key \"a.\" {{\n\talgorithm hmac-sha256; # usual\n\tsecret \"{Secret}\";\n}};\nb:hmac-sha256:{Secret}\n", "a:hmac-sha256 b:hmac-sha256" },
        { "a:hmac-sha256:q//8//8=",                                                    "a:hmac-sha256" },
        { $"\ufeffa:hmac-sha256:{Secret}",                                             "a:hmac-sha256" },
    };

    [Theory, MemberData(nameof(Good))]
    public void Both_forms_are_read(string text, string expected)
    {
        Assert.True(KeyFileReader.TryRead("keys", Encoding.UTF8.GetBytes(text), allowSha1: false, out var keys, out var errors), errors.ToString());
        Assert.Equal(expected, string.Join(' ', keys.Select(key => $"{key.Name.ToStringWithoutFinalDot()}:{key.Algorithm}")));
    }

    public static TheoryData<string, string> Bad => new()
    {
        // text                                                              errors
        { "hello",                                                           "keys:1:1:KeyExpected" },
        { "hello world\n\n x",                                               "keys:1:1:KeyExpected keys:3:2:KeyExpected" },
        { $"a..b:hmac-sha256:{Secret}",                                      "keys:1:1:NameMalformed" },
        { $".:hmac-sha256:{Secret}",                                         "keys:1:1:NameMalformed" },
        { $"a:hmac-md5:{Secret}",                                            "keys:1:1:UnknownAlgorithm" },
        { $"a:hmac-sha1:{Secret}",                                           "keys:1:1:Sha1NotAllowed" },
        { "a:hmac-sha256:MDE",                                               "keys:1:1:SecretMalformed" },
        { "a:hmac-sha256:",                                                  "keys:1:1:SecretMalformed" },
        { "a:hmac-sha256:??",                                                "keys:1:1:SecretMalformed" },
        { $"a:hmac-sha256:{Secret} b:hmac-sha256:{Secret}",                  "keys:1:40:EndExpected" },
        { $"a:hmac-sha256:{Secret}\nA.:hmac-sha512:{Secret}",                "keys:2:1:NameTaken" },
        { $"key \"a\" {{ algorithm hmac-sha256; secret \"{Secret}\"; }}",    "keys:1:1:FileEndsEarly" },
        { $"key \"a\" {{ algorithm hmac-sha256 secret \"{Secret}\"; }};\nb:", "keys:1:33:StatementMalformed keys:2:1:KeyExpected" },
        { $"key {{ algorithm hmac-sha256; secret \"{Secret}\"; }};",         "keys:1:5:StatementMalformed" },
        { "key a { algorithm hmac-sha256; };",                               "keys:1:1:ClauseMissing" },
        { $"key a {{ algorithm hmac-sha256; secret {Secret}; secret {Secret}; }};", "keys:1:1:ClauseMissing" },
        { $"key a {{ algorithm hmac-sha256; secret {Secret}; server b; }};", "keys:1:73:UnknownClause keys:1:1:ClauseMissing" },
        { "\nkey \"a { };\n",                                                "keys:2:5:FileEndsEarly" },
        { " /* a",                                                           "keys:1:2:FileEndsEarly" },
    };

    [Theory, MemberData(nameof(Bad))]
    public void Faults_are_told_with_their_place_and_without_a_secret(string text, string expected)
    {
        Assert.False(KeyFileReader.TryRead("keys", Encoding.UTF8.GetBytes(text), allowSha1: false, out _, out var errors));
        Assert.Equal(expected, string.Join(' ', errors.Select(error => $"{error.At}:{error.Fault}")));
        Assert.DoesNotContain(Secret, string.Join('\n', errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Sha1_is_taken_where_it_is_allowed() =>
        Assert.True(KeyFileReader.TryRead("keys", Encoding.UTF8.GetBytes($"a:SHA1:{Secret}"), allowSha1: true, out _, out _));

    [Fact]
    public void Nothing_prints_a_secret()
    {
        Assert.True(KeyFileReader.TryRead("keys", Encoding.UTF8.GetBytes($"a:hmac-sha256:{Secret}"), allowSha1: false, out var keys, out _));
        var key = keys.Single();
        foreach (var text in (string?[])[key.ToString(), $"{key}", key.Secret.ToString(), new TsigVerdict.Good(key, Record(key), default).ToString()])
        {
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain("30313233", text, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, string, string, string> Records => new()
    {
        // file                 text                                                     keys              errors
        { "_keys",              $"client._update. DNSKEY 0 3 163 {Secret}",              "client._update", "" },
        { "_keys",              $"client._update 3600 IN DNSKEY 0 3 165 {Secret}\n",     "client._update", "" },
        { "_keys",              $"$ORIGIN example.org.\n$TTL 1h\na DNSKEY 256 3 163 (\n MDEyMzQ1Njc4\n OWFiY2RlZg== ) ; a key\n", "a.example.org", "" },
        { "_keys",              $"a. DNSKEY 0 3 163 {Secret}\na. DNSKEY 0 3 163 MDE=\nb. DNSKEY 0 3 163 {Secret}", "b", "2:1:NameTaken" },
        { "_keys",              $"a. DNSKEY 0 3 157 {Secret}",                           "",               "1:1:UnknownAlgorithm" },
        { "_keys",              $"a. DNSKEY 0 3 161 {Secret}",                           "",               "1:1:Sha1NotAllowed" },
        { "_keys",              $"a. DNSKEY 0 2 163 {Secret}",                           "",               "1:1:ProtocolNotThree" },
        { "_keys",              "a. DNSKEY 0 3 163 x",                                   "",               "1:1:SecretMalformed" },
        { "_keys",              $"a. DNSKEY 0 3 163\nb. A 192.0.2.1\n(\n",               "",               "1:1:RecordMalformed 2:1:RecordMalformed 3:1:RecordMalformed" },
        { "_keys",              $". DNSKEY 0 3 163 {Secret}",                            "",               "1:1:NameMalformed" },
        { "_keys",              $" DNSKEY 0 3 163 {Secret}",                             "",               "1:2:NameMalformed" },
        { "_keys",              "$INCLUDE other",                                        "",               "1:1:RecordMalformed" },
        { "example.com._keys",  $"k._update.Example.com. DNSKEY 0 3 163 {Secret}\nk._update. DNSKEY 0 3 163 {Secret}", "k._update.Example.com", "2:1:NameOutside" },
    };

    [Theory, MemberData(nameof(Records))]
    public void Records_of_keys_are_read_and_what_is_wrong_is_left_out(string file, string text, string keys, string errors)
    {
        var scope = file.Length > "_keys".Length ? TsigVectors.Name(file[..^"._keys".Length]) : DomainName.Root;
        var read = KeyRecordFile.Read(file, Encoding.UTF8.GetBytes(text), scope, allowSha1: false);
        Assert.Equal(keys, string.Join(' ', read.Keys.Select(entry => entry.Key.Name.ToStringWithoutFinalDot())));
        Assert.Equal(errors, string.Join(' ', read.Errors.Select(error => $"{error.At.Line}:{error.At.Column}:{error.Fault}")));
        Assert.DoesNotContain(Secret, string.Join('\n', read.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Key_of_the_repository_never_shadows_a_given_one_and_of_two_files_the_first_counts()
    {
        var given = TsigKeys.Create([TsigVectors.Key(name: "a"), TsigVectors.Key(name: "same")]);
        var ring = KeyRing.Combine(given,
        [
            ReadRecords("_keys", $"a. DNSKEY 0 3 163 {Secret}\nb. DNSKEY 0 3 163 {Secret}\nsame. DNSKEY 0 3 163 MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="),
            ReadRecords("x._keys", $"b. DNSKEY 0 3 165 {Secret}\nc. DNSKEY 0 3 163 MDE="),
        ]);
        Assert.Equal(["a", "b", "c", "same"], ring.Keys.Select(key => key.Name.ToStringWithoutFinalDot()));
        Assert.Equal(32, ring.Keys.Find(TsigVectors.Name("a"))!.Secret.Length);
        Assert.Equal(TsigAlgorithm.HmacSha256, ring.Keys.Find(TsigVectors.Name("b"))!.Algorithm);
        Assert.Equal(["_keys:1:1:Shadowed", "x._keys:1:1:NameTaken", "x._keys:2:1:SecretShort"], ring.Warnings.Select(warning => $"{warning.At}:{warning.Fault}"));
    }

    [Fact]
    public void What_is_printed_reads_back()
    {
        var key = TsigVectors.Key(TsigAlgorithm.HmacSha512, "k._update.example.org");
        foreach (var text in (string[])[KeyText.Line(key), KeyText.Bind(key)])
        {
            Assert.True(KeyFileReader.TryRead("keys", Encoding.UTF8.GetBytes(text), allowSha1: false, out var keys, out _));
            Assert.True(key.IsSameAs(keys.Single()));
        }
        Assert.True(key.IsSameAs(ReadRecords("_keys", KeyText.Record(key)).Keys.Single().Key));
    }

    private static KeyRecordFile ReadRecords(string file, string text) => KeyRecordFile.Read(file, Encoding.UTF8.GetBytes(text), DomainName.Root, allowSha1: false);

    private static TsigRecord Record(TsigKey key) => new(key.Name, key.Algorithm.Name, 0, 0, default, 0, TsigError.None, default);
}
