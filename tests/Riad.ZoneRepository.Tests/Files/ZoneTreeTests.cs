using Riad.Dns.Names;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;

namespace Riad.ZoneRepository.Tests.Files;

public sealed class ZoneTreeTests
{
    private const string Soa = "@ SOA ns1 hostmaster 1 1 1 1 1\n";

    public static TheoryData<string, string, string> Names => new()
    {
        // path                     text             what it is
        { "example.org",            Soa,             "Zone example.org." },
        { "Example.ORG",            Soa,             "Zone Example.ORG." },
        { "example.org.zone",       "",              "Zone example.org." },
        { "served.example",         "no record",     "Zone served.example." },
        { "SERVED.example",         "no record",     "Zone SERVED.example." },
        { "common",                 "www A 192.0.2.1\n", "Ignored NoSoaRecord" },
        { "README.md",              Soa,             "Ignored Document" },
        { "readme.md.zone",         Soa,             "Zone readme.md." },
        { ".gitignore",             Soa,             "Ignored DotFile" },
        { ".zone",                  Soa,             "Ignored DotFile" },
        { "a..b",                   Soa,             "Ignored NotADomainName" },
        { "a..b.zone",              Soa,             "Fault NotADomainName" },
        { "picture.png",            "\0" + Soa,      "Ignored NotText" },
        { "_keys",                  Soa,             "KeyFile" },
        { "example.org._keys",      Soa,             "KeyFile" },
        { "example.org._keys.zone", Soa,             "Fault KeyFileAsZone" },
        { "parts/common",           Soa,             "Ignored Folder" },
    };

    [Theory, MemberData(nameof(Names))]
    public void Each_entry_is_what_its_name_and_content_say(string path, string text, string expected)
    {
        var repository = new TestRepository().Put(path, text);

        Assert.Equal(expected, Describe(Assert.Single(Read(repository).Entries)));
    }

    [Theory]
    [InlineData("link", EntryMode.SymbolicLink, "Ignored SymbolicLink")]
    [InlineData("module", EntryMode.Submodule, "Ignored Submodule")]
    [InlineData("link.zone", EntryMode.SymbolicLink, "Fault NotAFile")]
    [InlineData("served.example", EntryMode.Submodule, "Fault NotAFile")]
    [InlineData("_keys", EntryMode.SymbolicLink, "KeyFile")]
    public void Links_and_submodules_are_never_followed(string path, EntryMode mode, string expected)
    {
        var repository = new TestRepository();
        repository.Put(path, mode, repository.Store.Add(ObjectKind.Blob, "example.org"u8.ToArray()));

        Assert.Equal(expected, Describe(Assert.Single(Read(repository).Entries)));
    }

    [Theory]
    [InlineData("example.org", "example.org.zone")]
    [InlineData("Example.org", "example.org")]
    [InlineData("0%2F26.2.0.192.in-addr.arpa", "0%2f26.2.0.192.in-addr.arpa")]
    public void Two_files_for_one_zone_are_a_fault_of_both(string first, string second)
    {
        var repository = new TestRepository().Put(first, Soa).Put(second, Soa);

        var faults = Read(repository).Settle(_ => []).Faults.ToList();

        Assert.Equal([ZoneTreeFault.TwoFiles, ZoneTreeFault.TwoFiles], faults.Select(fault => fault.Reason));
        Assert.Contains($"{first}: is the same zone as {second}; keep one of the two files", faults.Select(fault => fault.Describe()));
    }

    [Fact]
    public void An_included_file_is_no_zone_unless_its_name_ends_in_zone()
    {
        var repository = new TestRepository().Put("example.org", Soa).Put("part", Soa).Put("part.zone", Soa);

        var tree = Read(repository).Settle(path => path == "example.org" ? ["part", "part.zone"] : []);

        Assert.Equal(["Zone example.org.", "IncludedOnly", "Zone part."], tree.Entries.Select(Describe));
    }

    [Fact]
    public void Two_files_that_include_each_other_do_not_vanish()
    {
        var repository = new TestRepository().Put("a.example", Soa).Put("b.example", Soa);

        var tree = Read(repository).Settle(path => path == "a.example" ? ["b.example"] : ["a.example"]);

        Assert.Equal(["Zone a.example.", "Zone b.example."], tree.Entries.Select(Describe));
    }

    [Fact]
    public void What_did_not_change_is_not_read_again()
    {
        var repository = new TestRepository().Put("example.org", Soa).Put("notes", "nothing").Put("new.example", Soa);
        var before = Read(repository);
        var withoutContent = new MemoryObjectStore();

        var after = ZoneTree.Read(withoutContent, repository.Root(), _ => false, before);

        Assert.Equal(before.Entries.Select(Describe), after.Entries.Select(Describe));
    }

    [Fact]
    public void Ignored_entries_are_named_with_the_reason_and_control_characters_are_not_shown()
    {
        var repository = new TestRepository().Put("evil\u001b[2J\u202e", "x");

        Assert.Equal("evil\\u001B[2J\\u202E: ignored: its name is not a domain name", Assert.Single(Read(repository).Entries).Describe());
    }

    private static ZoneTree Read(TestRepository repository)
    {
        Assert.True(DomainName.TryParseAbsolute("served.example", out var served));
        return ZoneTree.Read(repository.Store, repository.Root(), apex => apex == served, ZoneTree.Empty);
    }

    private static string Describe(ZoneTreeEntry entry) => entry switch
    {
        ZoneTreeEntry.Zone zone => $"Zone {zone.Apex}",
        ZoneTreeEntry.IncludedOnly => "IncludedOnly",
        ZoneTreeEntry.KeyFile => "KeyFile",
        ZoneTreeEntry.Ignored ignored => $"Ignored {ignored.Reason}",
        ZoneTreeEntry.Fault fault => $"Fault {fault.Reason}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
