using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.ZoneRepository.Merge;

namespace Riad.ZoneRepository.Tests.Merge;

public sealed class ZoneMergeTests
{
    private const string Base = "$TTL 3600\n; hosts\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1 ; the server\nwww A 192.0.2.2\n    A 192.0.2.3\n";

    /// <summary>What each side adds to the end of the base, unless it says "whole:".</summary>
    public static TheoryData<string, string, string, string> Clean => new()
    {
        // why                             ours                                  theirs                                        merged
        { "both append",                   "a A 192.0.2.7\n",                    "b A 192.0.2.8\n",                            Base + "a A 192.0.2.7\nb A 192.0.2.8\n" },
        { "theirs has a comment",          "a A 192.0.2.7\n",                    "b A 192.0.2.8 ; printer\n",                  Base + "b A 192.0.2.8 ; printer\na A 192.0.2.7\n" },
        { "theirs has a heading",          "a 60 A 192.0.2.7\n",                 "\n; printers\nb A 192.0.2.8\n",              Base + "\n; printers\nb A 192.0.2.8\na 60 A 192.0.2.7\n" },
        { "both add to one set",           "www TXT a\na A 192.0.2.4\n",         "a A 192.0.2.5\n",                            Base + "www TXT a\na A 192.0.2.4\na A 192.0.2.5\n" },
        { "both add the same",             "a A 192.0.2.4\n",                    "a A 192.0.2.4\nb A 192.0.2.5\n",             Base + "a A 192.0.2.4\nb A 192.0.2.5\n" },
        { "ours removes, theirs appends",  "whole:" + "$TTL 3600\n; hosts\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1 ; the server\nwww A 192.0.2.3\n", "b A 192.0.2.8\n", "$TTL 3600\n; hosts\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1 ; the server\nwww A 192.0.2.3\nb A 192.0.2.8\n" },
        { "the newer serial",              "whole:" + "$TTL 3600\n; hosts\n@ SOA ns1 h 5 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1 ; the server\nwww A 192.0.2.2\n    A 192.0.2.3\n", "whole:" + "$TTL 3600\n; hosts\n@ SOA ns1 h 3 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1 ; the server\nwww A 192.0.2.2\n    A 192.0.2.3\n", "$TTL 3600\n; hosts\n@ SOA ns1 h 5 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1 ; the server\nwww A 192.0.2.2\n    A 192.0.2.3\n" },
    };

    [Theory, MemberData(nameof(Clean))]
    public void Changes_of_different_records_merge(string why, string ours, string theirs, string merged) =>
        Assert.Equal(merged, Encoding.UTF8.GetString(Assert.IsType<MergeResult.Merged>(Merge(Side(ours), Side(theirs))).Text) + why[..0]);

    public static TheoryData<string, string, string, string> Conflicts => new()
    {
        { "one address, two wishes", "a A 192.0.2.7\n", "b A 192.0.2.8\n", "" },
        { "different data of an alias", "a CNAME x\n", "a CNAME y\n", "<<<<<<< ours\na CNAME x.example.org.\n=======\na CNAME y.example.org.\n>>>>>>> theirs\n" },
        { "an alias and an address", "a CNAME x\nc TXT c\n", "a A 192.0.2.8\n", "c TXT \"c\"\n<<<<<<< ours\na CNAME x.example.org.\n=======\na A 192.0.2.8\n>>>>>>> theirs\n" },
        { "different TTLs", "a 60 A 192.0.2.7\n", "a 70 A 192.0.2.7\nb TXT b\n", "b TXT \"b\"\n<<<<<<< ours\na 60 A 192.0.2.7\n=======\na 70 A 192.0.2.7\n>>>>>>> theirs\n" },
    };

    [Theory, MemberData(nameof(Conflicts))]
    public void What_both_changed_in_different_ways_stands_between_marks(string why, string ours, string theirs, string end)
    {
        var result = Merge(Side(ours), Side(theirs));
        if (end.Length == 0)
        {
            Assert.IsType<MergeResult.Merged>(result);
            return;
        }
        var text = Encoding.UTF8.GetString(Assert.IsType<MergeResult.Conflicting>(result).Text).Replace("c TXT c\n", "c TXT \"c\"\n", StringComparison.Ordinal);
        Assert.Equal(Base + end, text + why[..0]);
    }

    [Fact]
    public void A_removal_and_a_change_of_one_set_conflict()
    {
        var ours = Base.Replace("www A 192.0.2.2\n    A 192.0.2.3\n", "", StringComparison.Ordinal);
        var theirs = Base.Replace("192.0.2.3", "192.0.2.33", StringComparison.Ordinal);

        var text = Encoding.UTF8.GetString(Assert.IsType<MergeResult.Conflicting>(Merge(ours, theirs)).Text);

        Assert.Equal(ours + "<<<<<<< ours\n=======\nwww A 192.0.2.2\nwww A 192.0.2.33\n>>>>>>> theirs\n", text);
    }

    [Fact]
    public void Lines_that_git_merged_well_are_taken_as_they_are()
    {
        var (ours, theirs) = (Base + "a A 192.0.2.7\n", Base.Replace("; hosts", "; hosts of the house", StringComparison.Ordinal));
        var lines = theirs + "a A 192.0.2.7\n";

        Assert.Equal(lines, Encoding.UTF8.GetString(Assert.IsType<MergeResult.Merged>(Merge(ours, theirs, lines)).Text));
    }

    [Fact]
    public void Lines_that_git_merged_into_other_records_are_not()
    {
        // Ours takes the owner line away that theirs' new line leans on.
        var ours = Base.Replace("www A 192.0.2.2\n    A 192.0.2.3\n", "", StringComparison.Ordinal);
        var theirs = Base + "    TXT hello\n";
        var lines = ours + "    TXT hello\n";

        var merged = Encoding.UTF8.GetString(Assert.IsType<MergeResult.Merged>(Merge(ours, theirs, lines)).Text);

        Assert.Equal(ours + "www TXT \"hello\"\n", merged);
    }

    [Fact]
    public void Two_sides_that_changed_comments_are_left_to_the_lines() =>
        Assert.IsType<MergeResult.NotByRecords>(Merge("; ours\n" + Base + "a A 192.0.2.7\n", "; theirs\n" + Base + "b A 192.0.2.8\n"));

    [Fact]
    public void What_is_no_zone_is_left_to_the_lines() => Assert.IsType<MergeResult.NotByRecords>(ZoneMerge.Merge("README.md", Octets("# a\n"), Octets("# a\n\nb c\n"), Octets("# a\n\nd e\n"), null));

    [Fact]
    public void A_part_that_takes_its_TTL_from_the_zone_merges_too()
    {
        var result = ZoneMerge.Merge("parts/mail", Octets("mail A 192.0.2.1\n"), Octets("mail A 192.0.2.1\na A 192.0.2.2\n"), Octets("mail A 192.0.2.1\nb 60 A 192.0.2.3\n"), null);

        Assert.Equal("mail A 192.0.2.1\na A 192.0.2.2\nb 60 A 192.0.2.3\n", Encoding.UTF8.GetString(Assert.IsType<MergeResult.Merged>(result).Text));
    }

    private static readonly string[] Lines = ["a A 192.0.2.7\n", "a A 192.0.2.8\n", "a CNAME ns1\n", "b 60 TXT z\n", "b TXT x\n", "  TXT y\n", "c MX 1 a\n", "; note\n", "$ORIGIN sub.example.org.\n", "www A 192.0.2.9\n"];

    private static Gen<string> SideText =>
        from lines in Gen.Elements(Lines).ListOf()
        from drop in Gen.Choose(0, 6)
        select string.Concat((Base + string.Concat(lines)).Split('\n').Where((_, at) => at != drop || drop < 4).Select(line => line + "\n"))[..^1];

    [Fact]
    public void Whatever_the_sides_a_merged_file_has_what_each_side_changed_and_nothing_is_invented() => Prop.ForAll(SideText.ToArbitrary(), SideText.ToArbitrary(), (ours, theirs) =>
    {
        if (Merge(ours, theirs) is not MergeResult.Merged merged)
            return true;
        var (before, left, right, result) = (Sets(Base), Sets(ours), Sets(theirs), Sets(Encoding.UTF8.GetString(merged.Text)));
        return before.Keys.Union(left.Keys).Union(right.Keys).Union(result.Keys).All(key =>
        {
            HashSet<string> Of(Dictionary<string, HashSet<string>> sets) => sets.GetValueOrDefault(key, []);
            return Of(left).SetEquals(Of(before)) ? Of(result).SetEquals(Of(right))
                : Of(right).SetEquals(Of(before)) || key.Contains(" SOA", StringComparison.Ordinal) ? Of(result).SetEquals(Of(left)) || Of(result).SetEquals(Of(right))
                : Of(result).SetEquals(Of(left).Union(Of(right)));
        });
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Dictionary<string, HashSet<string>> Sets(string text)
    {
        Assert.True(Dns.MasterFiles.WrittenRecords.TryRead("example.org", Octets(text), Zones.Name("example.org"), null, out var records, out var error), error?.ToString());
        return records.GroupBy(record => $"{record.Owner} {record.Type}").ToDictionary(group => group.Key, group => group.Select(record => $"{record.Ttl} {record.Data}").ToHashSet());
    }

    private static string Side(string text) => text.StartsWith("whole:", StringComparison.Ordinal) ? text["whole:".Length..] : Base + text;

    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);

    private static MergeResult Merge(string ours, string theirs, string? lines = null) =>
        ZoneMerge.Merge("example.org", Octets(Base), Octets(ours), Octets(theirs), lines is null ? null : Octets(lines));
}
