using Riad.Dns.Messages;
using Riad.Interop.Tests.PrimaryGit.Updates;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.PrimaryGit;

/// <summary>What servers that keep zones in Git, or take updates, have been seen to get wrong: each as it has to be.</summary>
public sealed class KnownHazardTests : IDisposable
{
    private const string Zone = "$TTL 3600\n@ SOA ns1 hostmaster 1 7200 900 1209600 300\n@ NS ns1\nns1 A 192.0.2.1\nwww A 192.0.2.10\n";
    private const string TransferKey = $"hmac-sha256:read._transfer.example.org:{UpdateClient.Secret}";
    private const ushort Soa = 6;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-hazard-");
    private readonly string keys;
    private Workplace? work;

    public KnownHazardTests() => keys = UpdateClient.WriteKeys(folder.FullName);

    [Fact]
    public void An_update_deletes_no_file_that_is_no_zone_or_no_good_one()
    {
        Start();
        work!.Write("README.md", "Our zones.\n");
        work.Write("notes.example", "no zone at all\n");
        work.Write("broken.example.org", Zone + "www AAAAA 192.0.2.66\n");
        PushPast("files that are no zones, and one that is broken");
        Assert.Contains("broken.example.org", Await(() => work.Curl("/health"), seen => seen.Contains("broken.example.org", StringComparison.Ordinal)), StringComparison.Ordinal);

        Assert.Contains("status: NOERROR", Update("update add host7.example.org. 300 A 192.0.2.7"), StringComparison.Ordinal);

        Assert.Equal("README.md broken.example.org example.org notes.example", string.Join(' ', work.Git(work.Bare, "ls-tree", "--name-only", "main").MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("1 file changed, 1 insertion(+)", work.Git(work.Bare, "diff", "--shortstat", "main~1", "main").MustSucceed().Output.Trim());
        Assert.Equal("192.0.2.7\n", work.Dig("host7.example.org", "+short"));
    }

    [Fact]
    public void A_zone_that_breaks_stays_as_it_was_and_secondaries_keep_it()
    {
        Start();
        var whole = Transfer();
        work!.Write("example.org", Zone + "www AAAAA 192.0.2.66\n");
        PushPast("a mistake");
        Assert.Contains("example.org:6:5: 'AAAAA' is not a record type", Await(() => work.Curl("/health"), seen => seen.Contains("degraded", StringComparison.Ordinal)), StringComparison.Ordinal);

        var said = work.Dig("-y", TransferKey, "example.org", "SOA", "+tcp");
        Assert.Contains("status: NOERROR", said, StringComparison.Ordinal);
        Assert.Matches("flags: qr aa[ ;]", said);
        Assert.Equal(whole, Transfer());
        Assert.Contains(" A 192.0.2.10", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_whose_update_cannot_be_pushed_to_the_remote_is_told_so()
    {
        var remote = Path.Combine(folder.FullName, "remote.git");
        var theirs = Path.Combine(folder.FullName, "theirs");
        Tool.Git(folder.FullName, "init", "-q", "--bare", "-b", "main", remote).MustSucceed();
        Tool.Git(folder.FullName, "clone", "-q", remote, theirs).MustSucceed();
        File.WriteAllText(Path.Combine(theirs, "example.org"), Zone);
        Tool.Git(theirs, "add", "-A").MustSucceed();
        Tool.Git(theirs, "commit", "-q", "-m", "a zone").MustSucceed();
        Tool.Git(theirs, "push", "-q", "origin", "HEAD:main").MustSucceed();
        work = new("--keys", keys, "--remote", remote, "--fetch-every", "1h");
        Directory.Move(remote, remote + ".away");

        Assert.Contains("status: SERVFAIL", Update("update add host7.example.org. 300 A 192.0.2.7"), StringComparison.Ordinal);
        Assert.Equal("", work.Dig("host7.example.org", "+short"));

        Directory.Move(remote + ".away", remote);
        Assert.Contains("status: NOERROR", Await(() => Update("update add host8.example.org. 300 A 192.0.2.8"), said => said.Contains("status: NOERROR", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("example.org: add A 192.0.2.8 to host8", Tool.Git(remote, "log", "-1", "--format=%s", "main").MustSucceed().Output.Trim());
    }

    [Fact]
    public void Who_forgets_the_serial_leaves_no_secondary_behind()
    {
        Start();
        var serials = new List<uint> { Serial() };
        work!.Replace("example.org", "192.0.2.10", "192.0.2.11");
        work.Commit("www moves, and nobody thinks of the serial");
        work.Push().MustSucceed();
        serials.Add(Serial());
        Update("update add host7.example.org. 300 A 192.0.2.7");
        serials.Add(Serial());

        Assert.Equal([1u, 2u, 3u], serials);
        Assert.Contains(" hostmaster.example.org. 3 7200 ", Transfer(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_leaves_comments_order_and_layout_as_a_person_wrote_them()
    {
        const string Written = "; our zone, by hand\n$TTL 3600\n@   SOA ns1 hostmaster (\n        1     ; the serial\n        7200 900 1209600 300 )\n    NS  ns1\n\n; machines, by room\nzebra   A   192.0.2.26 ; last in the alphabet, first here\nns1     A   192.0.2.1\n";
        Start(Written);

        Assert.Contains("status: NOERROR", Update("update add ant.example.org. 300 A 192.0.2.7"), StringComparison.Ordinal);

        Assert.Equal(Written + "ant 300 A 192.0.2.7\n", work!.Git(work.Bare, "show", "main:example.org").MustSucceed().Output.Replace("ant     ", "ant ", StringComparison.Ordinal));
    }

    public static TheoryData<string, string?, string, ushort, string> Refusals => new()
    {
        // why                                                key                        name            type               code
        { "the root, which is nobody's here",                 null,                      ".",            Soa,               "REFUSED" },
        { "the root, asked by a peer",                        TransferKey,               ".",            Soa,               "REFUSED" },
        { "a zone of ours, without a key",                    null,                      "example.org",  QueryTypes.Axfr,   "REFUSED" },
        { "a zone of somebody else",                          TransferKey,               "example.net",  QueryTypes.Axfr,   "NOTAUTH" },
        { "a name of a zone of ours, but no zone",            TransferKey,               "www.example.org", QueryTypes.Axfr, "NOTAUTH" },
        { "a key that is not known",                          "hmac-sha256:nobody:" + UpdateClient.Secret, "example.org", QueryTypes.Axfr, "BADKEY" },
    };

    [Fact]
    public void Who_may_not_is_told_by_the_code_that_is_meant_for_it()
    {
        Start();
        foreach (var row in Refusals)
        {
            var (why, key, name, type, code) = ((string)row[0], (string?)row[1], (string)row[2], (ushort)row[3], (string)row[4]);
            string[] sign = key is null ? [] : ["-y", key];
            var said = Tool.Run("kdig", ["@127.0.0.1", "-p", $"{work!.Appliance.Dns.Port}", "+tcp", "+timeout=60", "+retry=0", "+header", .. sign, name, type == Soa ? "SOA" : "AXFR"], folder.FullName).ToString();
            Assert.True(said.Contains(code, StringComparison.Ordinal), $"{why}: {said}");
        }
    }

    public void Dispose()
    {
        work?.Dispose();
        folder.Delete(recursive: true);
    }

    private static T Await<T>(Func<T> look, Predicate<T> isThere) => Workplace.Await(look, isThere);

    private void Start(string zone = Zone)
    {
        work = new("--keys", keys);
        work.Write("example.org", zone);
        work.Commit("a zone");
        work.Push().MustSucceed();
    }

    /// <summary>Commits what is in the clone, and brings it into the repository as a person with a shell there would.</summary>
    private void PushPast(string message)
    {
        work!.Commit(message);
        work.Git(work.Clone, "push", "-q", work.Bare, "HEAD:main").MustSucceed();
    }

    private string Update(string commands)
    {
        var input = $"server 127.0.0.1 {work!.Appliance.Dns.Port}\nzone example.org\n{commands}\nsend\nanswer\n";
        return Tool.Run("nsupdate", ["-t", "60", "-y", $"hmac-sha256:{UpdateClient.KeyName}:{UpdateClient.Secret}"], folder.FullName, input: input).ToString();
    }

    private string Transfer() => string.Join('\n', work!.Dig("+nocmd", "+nostats", "+onesoa", "-y", TransferKey, "example.org", "AXFR").Replace('\t', ' ').Split('\n')
        .Where(line => !line.StartsWith(';') && !line.Contains(" TSIG ", StringComparison.Ordinal)));

    private uint Serial() => uint.Parse(work!.Dig("example.org", "SOA", "+short").Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
}
