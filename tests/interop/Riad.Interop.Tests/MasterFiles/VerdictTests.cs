using System.Diagnostics;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Zones.Checks;
using Xunit;

namespace Riad.Interop.Tests.MasterFiles;

/// <summary>Good and bad zone files, and what four programs say of each. Where we differ from one, the reason stands beside it.</summary>
public sealed class VerdictTests
{
    private const string Agreed = "";

    /// <summary>y: the zone is taken; n: it is refused. In the order Riad, named-checkzone, kzonecheck, nsd-checkzone.</summary>
    public static TheoryData<string, string, string> Verdicts => new()
    {
        { "good-plain",             "yyyy", Agreed },
        { "good-any-order",         "yyyy", Agreed },
        { "good-parentheses",       "yyyy", Agreed },
        { "good-units",             "yyyy", Agreed },
        { "good-origin",            "yyyy", Agreed },
        { "good-crlf",              "yyny", "editors on Windows write CRLF; Knot 3.2 does not take it" },
        { "good-no-final-line-end", "yyyy", Agreed },
        { "good-byte-order-mark",   "ynnn", "editors on Windows write it, and nothing else can be meant by it" },
        { "good-generate",          "yynn", "$GENERATE is BIND's; a zone that comes from there should work" },
        { "good-unknown-type",      "yyyy", Agreed },
        { "good-generic-known-type", "yyyy", Agreed },
        { "good-escapes",           "yyyy", Agreed },
        { "good-null-mx",           "yyyy", Agreed },
        { "good-null-srv",          "yyyy", Agreed },
        { "good-types",             "yyyy", Agreed },
        { "good-wildcard-mx",       "yyyy", Agreed },
        { "good-delegation",        "yyyy", Agreed },
        { "good-dname",             "yyyy", Agreed },
        { "good-nested-parentheses", "yynn", "BIND takes them, and they mean only one thing" },
        { "good-ttl-of-soa",        "yyyy", Agreed },
        { "good-outside-hint",      "yyyn", "the address tells where a NOTIFY goes; it is not served" },
        { "good-text-utf8",         "yyny", "a text string is octets (RFC 1035 §3.3); Knot 3.2 wants those above 127 escaped" },
        { "bad-unknown-type",       "nnnn", Agreed },
        { "bad-class",              "nnnn", Agreed },
        { "bad-address",            "nnnn", Agreed },
        { "bad-extra-word",         "nnnn", Agreed },
        { "bad-missing-word",       "nnnn", Agreed },
        { "bad-quotes-open",        "nnnn", Agreed },
        { "bad-parenthesis-open",   "nnny", "the rest of the file may have been meant to be records; NSD closes it silently" },
        { "bad-parenthesis-close",  "nnnn", Agreed },
        { "bad-label-too-long",     "nnnn", Agreed },
        { "bad-name-too-long",      "nnnn", Agreed },
        { "bad-empty-label",        "nnnn", Agreed },
        { "bad-text-too-long",      "nnyn", "255 octets is the limit (RFC 1035 §3.3); Knot cuts the string in two silently" },
        { "bad-ttl-too-large",      "nyyy", "resolvers take it for zero (RFC 2181 §8), which nobody means" },
        { "bad-not-ascii",          "nyny", "the octets are no name that a browser asks for; the A-label to write is told" },
        { "bad-no-soa",             "nnnn", Agreed },
        { "bad-no-ns",              "nnny", "a zone without name servers cannot be delegated to (RFC 1035 §5.2)" },
        { "bad-empty",              "nnnn", Agreed },
        { "bad-two-soa",            "nnyn", "one must be wrong (RFC 1035 §5.2); Knot takes the last" },
        { "bad-cname-and-other",    "nnnn", Agreed },
        { "bad-two-cnames",         "nnnn", Agreed },
        { "bad-two-dnames",         "nnnn", Agreed },
        { "bad-below-dname",        "nynn", "RFC 6672 §2.4; BIND serves neither and says nothing" },
        { "bad-out-of-zone",        "nyyn", "a record that is never served is a mistake, mostly of a dot; BIND and Knot drop it" },
        { "bad-ns-missing",         "nnny", "RFC 1035 §5.2 wants the addresses; NSD does not look" },
        { "bad-ns-alias",           "nnny", "RFC 2181 §10.3; NSD does not look" },
        { "bad-glue-missing",       "nyny", "nobody can reach such a delegation; BIND warns, NSD does not look" },
        { "bad-include-missing",    "nnnn", Agreed },
        { "bad-directive",          "nnnn", Agreed },
        { "warn-mx-missing",        "yyyy", Agreed },
        { "warn-srv-missing",       "yyyy", Agreed },
        { "warn-ds-without-ns",     "yyyy", Agreed },
        { "warn-mx-alias",          "yyyy", Agreed },
        { "warn-ttls-differ",       "yyyy", Agreed },
        { "warn-duplicate",         "yyyy", Agreed },
        { "warn-below-delegation",  "yyyy", Agreed },
        { "warn-final-dot",         "yyyy", Agreed },
    };

    private static readonly string[] ProgramFolders = ["/usr/bin", "/usr/sbin"];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "MasterFiles", "Zones");

    [Theory, MemberData(nameof(Verdicts))]
    public async Task Four_programs_say_what_the_table_says(string file, string verdicts, string reason)
    {
        var path = Path.Combine(Folder, file + ".zone");
        var said = string.Concat(
            IsTaken(await File.ReadAllBytesAsync(path)),
            await IsTakenBy("named-checkzone", "example.org", path),
            await IsTakenBy("kzonecheck", "-o", "example.org", path),
            await IsTakenBy("nsd-checkzone", "example.org", path));

        Assert.Equal(verdicts, said);
        Assert.Equal(verdicts.Distinct().Count() == 1, reason.Length == 0);
    }

    [Theory, MemberData(nameof(Verdicts))]
    public void A_zone_that_is_warned_of_has_a_warning_and_a_good_one_none(string file, string verdicts, string reason)
    {
        var good = TryRead(File.ReadAllBytes(Path.Combine(Folder, file + ".zone")), out var zone, out var errors);

        Assert.Equal(verdicts[0] == 'y', good);
        Assert.True(file.StartsWith("warn-", StringComparison.Ordinal) == (zone?.Warnings.Count == 1) || file == "good-ttl-of-soa", $"{file} {reason} {zone?.Warnings} {errors}");
    }

    [Fact]
    public void Every_file_of_the_folder_is_in_the_table() => Assert.Equal(
        string.Join(' ', Directory.GetFiles(Folder, "*.zone").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)),
        string.Join(' ', Verdicts.Select(row => (string)row[0]).Order(StringComparer.Ordinal)));

    private static char IsTaken(byte[] text) => TryRead(text, out _, out _) ? 'y' : 'n';

    private static bool TryRead(byte[] text, out CheckedZone? zone, out Seq<ZoneError> errors)
    {
        Assert.True(DomainName.TryParseAbsolute("example.org", out var apex));
        return ZoneReader.TryRead("example.org", text, apex, NoIncludes.Instance, ZoneReadOptions.Default, out zone, out errors);
    }

    private static async Task<char> IsTakenBy(string program, params string[] arguments)
    {
        var path = ProgramFolders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.True(path is not null, $"{program} is missing; install the Debian packages bind9-utils, knot and nsd");
        using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? 'y' : 'n';
    }
}
