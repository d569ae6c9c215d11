using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Riad.Images.Packages;
using Xunit;

namespace Riad.Images.Tests.Packages;

public sealed class DebFileTests
{
    private const string Start = "!<arch>\n";

    [Fact]
    public void The_files_are_found_behind_a_member_of_odd_length()
    {
        var package = Encoding.ASCII.GetBytes(Start + Header("debian-binary", 3) + "2.0\n" + Header("data.tar.xz/", 4) + "abcd");

        Assert.True(DebFile.TryFindFiles(package, out var files, out _));
        Assert.Equal("abcd"u8.ToArray(), files.ToArray());
    }

    public static TheoryData<string, string, DebFault> Faults => new()
    {
        { "empty",                "",                                                  DebFault.NotAnArchive },
        { "another file",         "PK\u0003\u0004 and so on",                          DebFault.NotAnArchive },
        { "no member",            Start,                                               DebFault.NoFiles },
        { "other compression",    Start + Header("data.tar.zst", 2) + "xx",            DebFault.NoFiles },
        { "half a header",        Start + Header("data.tar.xz", 2)[..30],              DebFault.Damaged },
        { "longer than the file", Start + Header("data.tar.xz", 9) + "xx",             DebFault.Damaged },
        { "a length below zero",  Start + Header("data.tar.xz", -1),                   DebFault.Damaged },
        { "no magic",             Start + Header("data.tar.xz", 0)[..58] + "??",       DebFault.Damaged },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_file_that_is_no_package_says_why(string why, string file, DebFault expected)
    {
        Assert.False(DebFile.TryFindFiles(Encoding.ASCII.GetBytes(file), out _, out var fault), why);
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Whatever_the_octets_nothing_is_thrown() => Prop.ForAll<byte[]>(octets =>
    {
        DebFile.TryFindFiles((byte[])[.. "!<arch>\n"u8, .. octets], out _, out _);
        return true;
    }).QuickCheckThrowOnFailure();

    private static string Header(string name, int length) => $"{name,-16}{"0",-12}{"0",-6}{"0",-6}{"100644",-8}{length,-10}`\n";
}
