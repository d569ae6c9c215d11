using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.MasterFiles;
using Xunit;

namespace Riad.Dns.Tests.MasterFiles;

/// <summary>Data that is written over other data, in whatever way the file has it.</summary>
public sealed class DataEditTests
{
    private const string Before = "$TTL 60\nfirst A 192.0.2.8\n";
    private const string Behind = "last A 192.0.2.9\n";

    /// <summary>Data of one type, in the words of a file.</summary>
    private static readonly (string Type, string[][] Data)[] Pool =
    [
        ("A", [["192.0.2.1"], ["192.0.2.2"], ["\\#", "4", "c0000203"], ["\\#", "4", "c0", "000204"]]),
        ("TXT", [["a"], ["\"b c\"", "d"], ["\"(;\"", "\")\"", "e\\;f"], ["\"\""], ["\\#", "2", "0161"]]),
        ("NS", [["m"], ["\"n\""], ["@"], ["o.example.net."]]),
        ("MX", [["10", "m"], ["20", "\"m\""], ["10", "n"]]),
        ("SOA", [["ns", "h", "1", "2h", "3m", "4", "5"], ["ns", "h", "2", "7200", "180", "4", "5"], ["ns2", "h.i", "1", "2", "3", "4", "6"]]),
        ("CAA", [["0", "issue", "\"ca.example; x=1\""], ["128", "issue", "ca.example"]]),
        ("NAPTR", [["1", "2", "s", "\"SIP+D2U\"", "\"\"", "m"], ["1", "3", "\"s\"", "SIP+D2U", "\"\"", "n"]]),
        ("DS", [["1", "13", "2", .. Hex('a')], ["1", "13", "2", string.Concat(Hex('b'))], ["2", "8", "2", .. Hex('c')]]),
        ("DNSKEY", [["256", "3", "15", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="], ["257", "3", "15", "AQECAwQFBgcICQoL", "DA0ODxAREhMUFRYXGBkaGxwdHh8="]]),
        ("CSYNC", [["66", "3", "AAAA", "A", "NS"], ["66", "3", "MX", "NS", "A"], ["66", "3", "NS"], ["67", "1", "A", "NS", "AAAA"], ["66", "3", "TYPE65400", "NS", "A"]]),
        ("NSEC", [["m", "TXT", "A", "RRSIG"], ["n", "A", "TXT", "RRSIG"], ["m", "A", "NS", "NSEC"]]),
        ("SVCB", [["1", ".", "port=8443", "alpn=h2"], ["1", ".", "alpn=h2", "port=9443"], ["2", "svc", "port=1", "alpn=\"h2,h3\"", "ipv4hint=192.0.2.1"], ["0", "svc"], ["1", ".", "port=1", "mandatory=port"], ["1", ".", "key65400=\"(;\"", "port=2"]]),
        ("HTTPS", [["1", ".", "no-default-alpn", "alpn=h2"], ["1", ".", "alpn=h3", "no-default-alpn"], ["1", ".", "ipv6hint=2001:db8::1", "port=443", "alpn=h3"]]),
    ];

    private static IEnumerable<string> Hex(char digit) => Enumerable.Repeat(new string(digit, 16), 4);

    /// <summary>Which data of a type replaces which, and how the lines are laid out.</summary>
    private static readonly Gen<(int Type, int Old, int Next, byte[] Layout)> Edits =
        from type in Gen.Choose(0, Pool.Length - 1)
        from old in Gen.Choose(0, Pool[type].Data.Length - 1)
        from next in Gen.Choose(0, Pool[type].Data.Length - 1)
        from layout in Gen.Choose(0, 255).Select(choice => (byte)choice).ArrayOf(16)
        select (type, old, next, layout);

    [Fact]
    public void Whatever_data_replaces_other_data_and_however_its_lines_are_laid_out_the_file_reads_as_meant() => Prop.ForAll(Edits.ToArbitrary(), edit =>
    {
        var (type, data) = Pool[edit.Type];
        var text = Before + LayOut(["x", "IN", type, .. data[edit.Old]], edit.Layout) + Behind;
        MasterChange change = new MasterChange.Replace(
            MasterFileEditorTests.Name("x"), MasterFileEditorTests.Type(type), DataOf(type, data[edit.Old]), DataOf(type, data[edit.Next]));

        Assert.True(MasterFileEditor.TryEdit("example.org", Encoding.ASCII.GetBytes(text), MasterFileEditorTests.Name("@"), NoIncludes.Instance, [change], out var edited, out var error), $"{error}\n{text}");

        var after = Encoding.ASCII.GetString(edited);
        var (records, faults) = PrintedRecords.Read(after);
        var meant = PrintedRecords.Read($"{Before}x {type} {string.Join(' ', data[edit.Next])}\n{Behind}").Records.Lines;
        Assert.True(!faults.HasErrors && records.Lines.SequenceEqual(meant, StringComparer.Ordinal), $"{text}became\n{after}");
        Assert.StartsWith(Before, after, StringComparison.Ordinal);
        Assert.EndsWith(Behind, after, StringComparison.Ordinal);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    private static Core.Octets DataOf(string type, string[] words) => MasterFileEditorTests.Data(MasterFileEditorTests.Type(type), string.Join(' ', words));

    /// <summary>Words with blanks, parentheses and comments between them.</summary>
    private static string LayOut(string[] words, byte[] choices)
    {
        var (text, depth) = (new StringBuilder(), 0);
        for (var i = 0; i < words.Length; i++)
        {
            text.Append(words[i]);
            var choice = choices[i % choices.Length] % 9;
            if (i == words.Length - 1)
                break;
            text.Append((choice, depth) switch
            {
                (0 or 1, _) => " ( ",
                (2, _) => "(",
                (3, > 0) => " ) ",
                (4, > 0) => ")",
                (5, > 0) => " ; a (comment) )\n\t",
                (6, > 0) => " ;(\n\n ",
                (7, _) => "\t",
                (8, _) when i > 1 && words[i + 1][0] == '"' => "",
                _ => " ",
            });
            depth += choice is 0 or 1 or 2 ? 1 : choice is 3 or 4 && depth > 0 ? -1 : 0;
        }
        for (; depth > 0; depth--)
            text.Append(choices[depth % choices.Length] % 4 is 0 ? " ; c)\n )" : choices[depth % choices.Length] % 4 is 1 ? ")" : " () ) ");
        return text.Append(choices[0] % 3 is 0 ? "\n" : choices[0] % 3 is 1 ? " ; old (2019) value\n" : ";)(\r\n").ToString();
    }
}
