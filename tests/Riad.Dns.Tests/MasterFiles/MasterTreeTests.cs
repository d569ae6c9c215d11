using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.MasterFiles;
using Xunit;

namespace Riad.Dns.Tests.MasterFiles;

public sealed class MasterTreeTests
{
    private static readonly string[] Pieces =
        ["www", " ", "\t", "\n", "\r\n", ";", "(", ")", "\"", "\\", "60", "IN", "A", "192.0.2.1", "@", "$ORIGIN a", "$GENERATE 1-2 $ A 192.0.2.$", "MX 10 mail", "\ufeff", "\0", "SOA a b (1 2 3 4 5)", "="];

    [Fact]
    public void Every_entry_is_what_it_looks_like()
    {
        var tree = MasterTree.Parse(Encoding.UTF8.GetBytes("\ufeff; c\r\n\r\n$TTL 60\r\nwww 60 IN A 192.0.2.1 ; c\r\n  TXT (a\r\n b)\r\nx\r\ny TXT \"\r\n )\nz A"));

        Assert.Equal(
            [
                MasterEntryKind.ByteOrderMark, MasterEntryKind.Comment, MasterEntryKind.Blank, MasterEntryKind.Directive, MasterEntryKind.Record,
                MasterEntryKind.Record, MasterEntryKind.Malformed, MasterEntryKind.Malformed, MasterEntryKind.Malformed, MasterEntryKind.Record,
            ],
            tree.Entries.Select(entry => entry.Kind));
        Assert.Equal((0, 1, 2, 3, 5), (tree.Entries[4].Owner, tree.Entries[4].Ttl, tree.Entries[4].Class, tree.Entries[4].Type, tree.Entries[4].TokenCount));
        Assert.Equal((-1, -1, -1, 0, 3), (tree.Entries[5].Owner, tree.Entries[5].Ttl, tree.Entries[5].Class, tree.Entries[5].Type, tree.Entries[5].TokenCount));
    }

    [Fact]
    public void Printing_gives_the_same_octets_whatever_they_are() => Prop.ForAll<byte[]>(octets => IsWhole(octets)).QuickCheckThrowOnFailure();

    [Fact]
    public void Printing_gives_the_same_octets_of_what_looks_like_a_master_file() => Prop.ForAll<byte[]>(choices =>
        IsWhole(Encoding.UTF8.GetBytes(string.Concat(choices.Select(choice => Pieces[choice % Pieces.Length]))))).QuickCheckThrowOnFailure();

    private static bool IsWhole(byte[] text)
    {
        var tree = MasterTree.Parse(text);
        var end = 0;
        foreach (var entry in tree.Entries)
        {
            if (entry.Start != end || entry.End <= entry.Start)
                return false;
            end = entry.End;
        }
        return end == text.Length && tree.Print().AsSpan().SequenceEqual(text);
    }
}
