using System.Formats.Tar;
using Riad.Images.Packages;
using Xunit;

namespace Riad.Images.Tests.Packages;

public sealed class PackageFilesTests
{
    public static TheoryData<string, string, string?> Lookups => new()
    {
        // why                              path                      content
        { "a file",                         "lib/real.so.1.2",        "real" },
        { "a link beside it",               "lib/real.so.1",          "real" },
        { "a link from the root",           "lib64/loader",           "real" },
        { "a link upwards",                 "lib/deep/up",            "real" },
        { "a hard link",                    "lib/hard",               "real" },
        { "a file that moved to /usr",      "lib/moved",              "moved" },
        { "one that has not moved yet",     "usr/lib/real.so.1",      "real" },
        { "a folder that is a link",        "doc/g++/text",           "real" },
        { "below a link to a folder",       "doc/both/g++/text",      "real" },
        { "a folder that circles",          "lib/circle/text",        null },
        { "a link to itself",               "lib/circle",             null },
        { "a link to nothing",              "lib/dead",               null },
        { "a folder",                       "lib",                    null },
        { "nothing",                        "lib/none",               null },
    };

    [Theory, MemberData(nameof(Lookups))]
    public void A_path_is_found_through_links(string why, string path, string? content)
    {
        Assert.True(Files().TryFind(path, out var found) == (content is not null), why);
        Assert.Equal(content ?? "", System.Text.Encoding.ASCII.GetString(found.Span));
    }

    private static PackageFiles Files()
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Gnu, leaveOpen: true))
        {
            writer.WriteEntry(new GnuTarEntry(TarEntryType.Directory, "./lib/"));
            writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "./lib/real.so.1.2") { DataStream = new MemoryStream("real"u8.ToArray()) });
            writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "./usr/lib/moved") { DataStream = new MemoryStream("moved"u8.ToArray()) });
            writer.WriteEntry(new GnuTarEntry(TarEntryType.HardLink, "./lib/hard") { LinkName = "./lib/real.so.1.2" });
            foreach (var (path, target) in new[] { ("lib/real.so.1", "real.so.1.2"), ("lib64/loader", "/lib/real.so.1"), ("lib/deep/up", "../real.so.1"), ("lib/circle", "circle"), ("lib/dead", "gone"), ("doc/g++", "gcc"), ("doc/both", "../doc"), ("doc/gcc/text", "../../lib/real.so.1") })
                writer.WriteEntry(new GnuTarEntry(TarEntryType.SymbolicLink, "./" + path) { LinkName = target });
        }
        tar.Position = 0;
        return PackageFiles.Read(tar);
    }
}
