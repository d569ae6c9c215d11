using Riad.Dns.MasterFiles;
using Xunit;

namespace Riad.Dns.Tests.MasterFiles;

public sealed class IncludeTests
{
    public static TheoryData<string, string, string> RefusedPaths => new()
    {
        // why                          path                        the sentence
        { "absolute",                   "/etc/passwd",              "'/etc/passwd' is an absolute path; write it from the root of the repository, as in parts/hosts" },
        { "drive letter",               "c:/x",                     "'c:/x' is an absolute path; write it from the root of the repository, as in parts/hosts" },
        { "up",                         "../x",                     "'../x' goes up with ..; write the path from the root of the repository, as in parts/hosts" },
        { "up in the middle",           "a/../../x",                "'a/../../x' goes up with ..; write the path from the root of the repository, as in parts/hosts" },
        { "keys of all zones",          "_keys",                    "'_keys' is a file of keys, which is never included; put the records into another file" },
        { "keys of one zone",           "a/example.org._KEYS",      "'a/example.org._KEYS' is a file of keys, which is never included; put the records into another file" },
        { "empty part",                 "a//x",                     "'a//x' is not a path; write it from the root of the repository, as in parts/hosts, in UTF-8 and without . or \\" },
        { "a dot",                      "./x",                      "'./x' is not a path; write it from the root of the repository, as in parts/hosts, in UTF-8 and without . or \\" },
        { "backslash",                  "a\\\\x",                   "'a\\\\x' is not a path; write it from the root of the repository, as in parts/hosts, in UTF-8 and without . or \\" },
        { "Git's own folder",           ".GIT/config",              "'.GIT/config' is not a path; write it from the root of the repository, as in parts/hosts, in UTF-8 and without . or \\" },
        { "not there",                  "x",                        "'x' is not in the repository; add it, or write its path from the root of the repository" },
    };

    public static TheoryData<IncludeRefusal, ZoneFault> Refusals => new()
    {
        { IncludeRefusal.Missing, ZoneFault.IncludeMissing },
        { IncludeRefusal.SymbolicLink, ZoneFault.IncludeSymbolicLink },
        { IncludeRefusal.Submodule, ZoneFault.IncludeSubmodule },
        { IncludeRefusal.Folder, ZoneFault.IncludeFolder },
        { IncludeRefusal.TooLarge, ZoneFault.TooLarge },
    };

    [Theory, MemberData(nameof(RefusedPaths))]
    public void A_path_stays_in_the_repository(string why, string path, string sentence)
    {
        var (_, faults) = PrintedRecords.Read($"$INCLUDE {path}\n");

        Assert.True($"example.org:1:10: {sentence}" == faults.Errors.Single().ToString(), $"{why}: {faults.Errors.Single()}");
    }

    [Theory, MemberData(nameof(Refusals))]
    public void What_the_caller_refuses_is_named(IncludeRefusal refusal, ZoneFault fault)
    {
        var includes = new FakeIncludes(("a/b", "x 60 A 192.0.2.1")) { Refused = { ["a/b"] = refusal } };

        Assert.Equal(fault, PrintedRecords.Read("$INCLUDE a/b\n", includes: includes).Faults.Errors.Single().Fault);
    }

    [Fact]
    public void Origin_and_owner_are_as_before_and_the_TTL_goes_on_as_BIND_and_NSD_have_it()
    {
        var includes = new FakeIncludes(("part", "$TTL 7\n$ORIGIN a\nx A 192.0.2.2\n"));
        var (records, faults) = PrintedRecords.Read("$TTL 60\nw A 192.0.2.1\n$INCLUDE part\n A 192.0.2.3\nv A 192.0.2.4\n", includes: includes);

        Assert.Empty(faults.Errors);
        Assert.Equal(
            ["w.example.org. 60 A 192.0.2.1", "x.a.example.org. 7 A 192.0.2.2", "w.example.org. 7 A 192.0.2.3", "v.example.org. 7 A 192.0.2.4"],
            records.Lines);
    }

    [Fact]
    public void An_origin_can_be_given_and_the_owner_is_that_of_the_record_before()
    {
        var includes = new FakeIncludes(("p/q r", " TXT x\ny A 192.0.2.2"));
        var (records, faults) = PrintedRecords.Read("w 60 A 192.0.2.1\n$INCLUDE \"p/q r\" sub\nz A 192.0.2.3", includes: includes);

        Assert.Empty(faults.Errors);
        Assert.Equal(
            ["w.example.org. 60 A 192.0.2.1", "w.example.org. 60 TXT \"x\"", "y.sub.example.org. 60 A 192.0.2.2", "z.example.org. 60 A 192.0.2.3"],
            records.Lines);
    }

    [Fact]
    public void A_fault_in_an_included_file_has_that_file_s_name()
    {
        var includes = new FakeIncludes(("parts/hosts", "\nx 60 Q 1\n"));

        Assert.Equal(
            "parts/hosts:2:6: 'Q' is not a record type; write TYPEnnn for an unlisted one",
            PrintedRecords.Read("$INCLUDE parts/hosts\n", includes: includes).Faults.Errors.Single().ToString());
    }

    [Fact]
    public void Files_that_include_each_other_are_refused()
    {
        var includes = new FakeIncludes(("a", "$INCLUDE b\n"), ("b", "$INCLUDE a\n"));

        Assert.Equal(
            "b:1:10: 'a' is included too deep, in a circle, or after 1000 others; files may include each other 10 deep",
            PrintedRecords.Read("$INCLUDE a\n", includes: includes).Faults.Errors.Single().ToString());
    }

    [Fact]
    public void Depth_is_bounded()
    {
        var files = Enumerable.Range(0, 12).Select(i => ($"f{i}", $"$INCLUDE f{i + 1}\n")).ToArray();

        Assert.Equal("f9:1:10", PrintedRecords.Read("$INCLUDE f0\n", includes: new FakeIncludes(files)).Faults.Errors.Single().At.ToString());
    }

    [Fact]
    public void A_tree_of_includes_that_grows_by_ten_at_each_step_is_refused_soon()
    {
        var files = Enumerable.Range(0, 9).Select(i => ($"f{i}", string.Concat(Enumerable.Repeat($"$INCLUDE f{i + 1}\n", 10)))).Append(("f9", "x 60 A 192.0.2.1\n")).ToArray();

        Assert.All(PrintedRecords.Read("$INCLUDE f0\n", includes: new FakeIncludes(files)).Faults.Errors, error => Assert.Equal(ZoneFault.IncludeTooDeep, error.Fault));
    }
}
