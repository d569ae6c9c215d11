using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.MasterFiles;
using Riad.Dns.Records;
using Riad.Dns.Zones;
using Riad.Dns.Zones.Checks;
using Xunit;

namespace Riad.Dns.Tests.MasterFiles;

public sealed class MasterPlacesTests
{
    private const string Own = "example.org";
    private const string Dynamic = "example.org.dynamic";
    private const string Head = "$TTL 60\n@ SOA ns1 hostmaster 1 2 3 4 5\n  NS ns1\nns1 A 192.0.2.53\n";
    private const int Interval = 30; // every line or two begin a part

    /// <summary>Single changes, as <see cref="MasterFileEditorTests.Edits"/> has them, and what must be read for them.</summary>
    public static TheoryData<string, string, string, string, string> Edits => new()
    {
        // why                              behind the head                                     changes                         the same after                                  read
        { "a record comes",                 "a A 192.0.2.1\nb A 192.0.2.2\n",                   "+ c 60 A 192.0.2.3",           "a A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\n", "" },
        { "in the style of the last line",  "a A 192.0.2.1\nb\tIN\tA\t192.0.2.2\n",             "+ c 9 A 192.0.2.3",            "a A 192.0.2.1\nb\tIN\tA\t192.0.2.2\nc\t9\tIN\tA\t192.0.2.3\n", "" },
        { "a record goes",                  "a A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\n",    "- b A 192.0.2.2",              "a A 192.0.2.1\nc A 192.0.2.3\n",               "example.org" },
        { "the last record goes",           "a A 192.0.2.1\nb A 192.0.2.2\nc A 192.0.2.3\n",    "- c A 192.0.2.3",              "a A 192.0.2.1\nb A 192.0.2.2\n",               "example.org" },
        { "an address changes",             "a A 192.0.2.1 ; one\nb A 192.0.2.2\n",             "= a A 192.0.2.1 | 192.0.2.9",  "a A 192.0.2.9 ; one\nb A 192.0.2.2\n",         "example.org" },
        { "another case",                   "a A 192.0.2.1\nb A 192.0.2.2\n",                   "- A A 192.0.2.1",              "b A 192.0.2.2\n",                              "example.org" },
        { "a name in full",                 "a.example.org. A 192.0.2.1\nb A 192.0.2.2\n",      "- a A 192.0.2.1",              "b A 192.0.2.2\n",                              "example.org" },
        { "a label that begins alike",      "aa A 192.0.2.1\na-b A 192.0.2.2\na A 192.0.2.3\n", "- a A 192.0.2.3",              "aa A 192.0.2.1\na-b A 192.0.2.2\n",            "example.org" },
        { "into the dynamic file",          "a A 192.0.2.1\n$INCLUDE example.org.dynamic\n",    "+ c 60 A 192.0.2.3",           "a A 192.0.2.1\n$INCLUDE example.org.dynamic\n", "example.org.dynamic" },
        { "out of the dynamic file",        "a A 192.0.2.1\n$INCLUDE example.org.dynamic\n",    "- d1 A 198.51.100.1",          "a A 192.0.2.1\n$INCLUDE example.org.dynamic\n", "example.org.dynamic" },
    };

    [Theory, MemberData(nameof(Edits))]
    public void Only_parts_in_which_the_records_may_stand_are_read(string why, string before, string changes, string after, string read)
    {
        var files = new Files(Head + before, "d1 A 198.51.100.1\nd2 A 198.51.100.2\n");
        var places = Places(files)!;
        files.Opened.Clear();

        Assert.True(places.TryEdit(MasterFileEditorTests.Parse(changes), Scope, files, out var edits), why);

        Assert.Equal(read.Length == 0 ? [Own] : [read], files.Opened);
        files.Apply(edits);
        Assert.Equal(Head + after, files.Texts[Own]);
    }

    public static TheoryData<string, string> WithoutPlaces => new()
    {
        { "a record stands there twice",    "a A 192.0.2.1\nb A 192.0.2.2\na A 192.0.2.1\n" },
        { "a set has two TTLs",             "a A 192.0.2.1\na 90 A 192.0.2.2\n" },
        { "a file cannot be had",           "a A 192.0.2.1\n$INCLUDE nowhere\n" },
    };

    [Theory, MemberData(nameof(WithoutPlaces))]
    public void Where_one_place_does_not_say_all_of_a_record_there_are_none(string why, string text)
    {
        var files = new Files(Head + text, "");
        Assert.True(MasterPlaces.Read(Own, ZoneOf(Head + text.Replace("$INCLUDE nowhere\n", "", StringComparison.Ordinal), files), files, Interval) is null, why);
    }

    public static TheoryData<string, string, string> Whole => new()
    {
        { "not there",                              Head + "a A 192.0.2.1\n",                                      "- a A 192.0.2.7" },
        { "the last line has no end",               Head + "a A 192.0.2.1",                                        "+ b 60 A 192.0.2.2" },
        { "made by $GENERATE",                      Head + "a A 192.0.2.1\n$GENERATE 1-3 h$ A 192.0.2.$\n",        "- h2 A 192.0.2.2" },
        { "in a file that may not be changed",      Head + "a A 192.0.2.1\n$INCLUDE part\n",                       "- p A 192.0.2.7" },
        { "in a file that is included twice",       Head + "$INCLUDE mine a.example.org.\n$INCLUDE mine b.example.org.\n", "- m.a A 192.0.2.8" },
        { "the next part takes its owner",          Head + "a TXT \"a line that is a part\"\n  A 192.0.2.1\n",     "- a TXT \"a line that is a part\"" },
        { "the next part takes its TTL",            "@ 60 SOA ns1 hostmaster 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.53\na 90 TXT \"a line that is a part\"\nb A 192.0.2.1\n", "- a TXT \"a line that is a part\"" },
        { "how many records have the TTL is open",  Head + "a A 192.0.2.1\n",                                      "t a A 70" },
    };

    [Theory, MemberData(nameof(Whole))]
    public void What_cannot_be_done_by_parts_alone_changes_nothing(string why, string text, string changes)
    {
        var files = new Files(text, "");
        var places = Places(files)!;
        var before = places.Parts.ToList();

        Assert.False(places.TryEdit(MasterFileEditorTests.Parse(changes), Scope, files, out var edits), why);

        Assert.Empty(edits);
        Assert.Equal(before, places.Parts);
    }

    /// <summary>Edits by parts, one after another, are those that a reading of the whole gives, and the places stay those that a reading of the whole finds.</summary>
    [Fact]
    public void Whatever_is_changed_one_edit_after_another_the_texts_are_those_of_whole_edits()
    {
        var (byParts, all) = (0, 0);
        Prop.ForAll<byte[], byte[], byte[]>((lines, dynamic, choices) =>
        {
            var files = new Files(
                (lines.Length % 3 == 0 ? "@ 60 SOA ns1 hostmaster 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.53\n" : Head) + string.Concat(lines.Select(Line)),
                string.Concat(dynamic.Select((choice, at) => $"{(choice % 5 == 0 ? "" : $"d{at}")} A 198.51.100.{at}\n")));
            if (Places(files) is not { } places)
                return true;
            for (var round = 0; round < choices.Length && round < 12; round++)
            {
                var changes = Choose(files, choices[round], round);
                if (!MasterFileEditor.TryEdit(Own, Encoding.UTF8.GetBytes(files.Texts[Own]), MasterFileEditorTests.Name("@"), files, Scope, changes, out var whole, out _))
                    return !places.TryEdit(changes, Scope, files, out _);
                all++;
                var expected = new Dictionary<string, string>(files.Texts);
                if (whole.Own is not null)
                    expected[Own] = Encoding.UTF8.GetString(whole.Own);
                foreach (var (path, text) in whole.Includes)
                    expected[path] = Encoding.UTF8.GetString(text);
                if (places.TryEdit(changes, Scope, files, out var edits))
                {
                    byParts++;
                    files.Apply(edits);
                    foreach (var (path, text) in expected)
                        Assert.True(text == files.Texts[path], $"{path} after {string.Join("; ", changes)}\n{files.Texts[path]}instead of\n{text}");
                    AssertPlaced(files, places);
                    continue;
                }
                foreach (var (path, text) in expected)
                    files.Texts[path] = text;
                if (Places(files) is not { } next)
                    return true;
                places = next;
            }
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
        Assert.True(byParts * 2 > all, $"{byParts} of {all} edits were made by parts");
    }

    private static readonly MasterEditScope Scope = new(static path => path is Dynamic or "mine", Dynamic);

    private static MasterPlaces? Places(Files files) => MasterPlaces.Read(Own, ZoneOf(files.Texts[Own], files), files, Interval);

    private static Zone ZoneOf(string text, Files files)
    {
        var good = ZoneReader.TryRead(Own, Encoding.UTF8.GetBytes(text), MasterFileEditorTests.Name("@"), files, ZoneReadOptions.Default, out var zone, out var errors);
        Assert.True(good, string.Join('\n', errors) + "\n" + text);
        return zone!.Zone;
    }

    /// <summary>Each part finds what a reading of the whole has there, or has found behind the last entry before it.</summary>
    private static void AssertPlaced(Files files, MasterPlaces places)
    {
        var finest = MasterPlaces.Read(Own, ZoneOf(files.Texts[Own], files), files, interval: 1)!.Parts.ToList();
        foreach (var (path, part) in places.Parts.Where(place => place.Path is Own or Dynamic))
        {
            var before = finest.Last(place => place.Path == path && place.Part.Start <= part.Start).Part;
            Assert.True(before.Before == part.Before, $"{path} at {part.Start}: {part.Before}, not {before.Before}\n{files.Texts[path]}");
            Assert.All(files.Texts[path][before.Start..part.Start].Split('\n'), line => Assert.True(line.Length == 0 || line[0] == ';', line));
            Assert.True(part.Start == 0 || files.Texts[path][part.Start - 1] == '\n');
        }
    }

    /// <summary>Removes, replaces, or gives another TTL to records that are there, and adds some.</summary>
    private static List<MasterChange> Choose(Files files, byte choice, int round)
    {
        var records = PrintedRecords.Read(files.Texts[Own], includes: files).Records.Lines;
        var victim = records[choice % records.Count].Split(' ', 4);
        var (owner, type) = (MasterFileEditorTests.Name(victim[0]), MasterFileEditorTests.Type(victim[2]));
        var data = MasterFileEditorTests.Data(type, victim[3]);
        var set = records.Count(record => record.Split(' ')[0] == victim[0] && record.Split(' ')[2] == victim[2]);
        var isApex = victim[2] is "SOA" or "NS" || victim[0].StartsWith("ns1.", StringComparison.Ordinal);
        var add = new MasterChange.Add(MasterFileEditorTests.Name($"new{round}"), RrTypes.Txt, new(choice % 2 == 0 ? 60u : 70u), MasterFileEditorTests.Data(RrTypes.Txt, $"n{round}"));
        return (choice % 7, isApex) switch
        {
            (0, _) => [add],
            (1, _) => [new MasterChange.SetTtl(owner, type, new(88), set)],
            (2 or 3, false) => [new MasterChange.Remove(owner, type, data), add],
            (4, false) when type == RrTypes.A => [new MasterChange.Replace(owner, type, data, MasterFileEditorTests.Data(type, $"203.0.113.{round}"))],
            (_, false) => [new MasterChange.Remove(owner, type, data)],
            _ => [add, new MasterChange.SetTtl(owner, type, new(60), set)],
        };
    }

    /// <summary>Lines with records that stand there once.</summary>
    private static string Line(byte choice, int at) => (choice % 16) switch
    {
        0 => $"  A 192.0.2.{at % 250}\n",
        1 => $"   TXT (\"t{at}\" ; c\n  y )\n",
        2 => "; a comment\n",
        3 => $"$ORIGIN s{at}.example.org.\n",
        4 => "$ORIGIN example.org.\n",
        5 => $"@ TXT o{at}\n",
        6 => at == 5 ? $"$INCLUDE {Dynamic}\n" : "\n",
        7 => $"h{at} IN A 10.0.0.{at % 250} ; rack\r\n",
        8 => $"h{at}\tA\t10.0.0.{at % 250}\n",
        9 => at == 3 ? "$INCLUDE part\n" : "",
        10 => $"$GENERATE 1-2 g{at}-$ A 192.0.2.$\n",
        _ => $"h{at} 60 A 10.0.0.{at % 250}\n",
    };

    /// <summary>The files of the zone, and which of them were asked for.</summary>
    private sealed class Files(string own, string dynamic) : IIncludes
    {
        public Dictionary<string, string> Texts { get; } = new() { [Own] = own, [Dynamic] = dynamic, ["part"] = "p A 192.0.2.7\n", ["mine"] = "m A 192.0.2.8\n" };

        public SortedSet<string> Opened { get; } = new(StringComparer.Ordinal);

        public bool TryOpen(string path, out ReadOnlyMemory<byte> text, out IncludeRefusal refusal)
        {
            Opened.Add(path);
            var found = Texts.TryGetValue(path, out var content);
            (text, refusal) = (Encoding.UTF8.GetBytes(content ?? ""), found ? IncludeRefusal.None : IncludeRefusal.Missing);
            return found;
        }

        public void Apply(IEnumerable<TextEdit> edits)
        {
            foreach (var edit in edits)
            {
                var text = Texts[edit.Path];
                Assert.All(text, letter => Assert.InRange(letter, '\0', '\x7f')); // so that octets are characters
                foreach (var splice in edit.Splices.Reverse())
                    text = string.Create(CultureInfo.InvariantCulture, $"{text[..splice.Start]}{Encoding.UTF8.GetString(splice.Text.Span)}{text[splice.End..]}");
                Texts[edit.Path] = text;
            }
        }
    }
}
