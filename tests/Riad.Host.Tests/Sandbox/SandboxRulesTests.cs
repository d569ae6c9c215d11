using Riad.Host.Sandbox;
using Xunit;

namespace Riad.Host.Tests.Sandbox;

public sealed class SandboxRulesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string?, string, string, bool, string?, string?, string> Programs => new()
    {
        // why                         program              folder        runtime                                               one file  DOTNET_ROOT   HOME           opened
        { "one file",                  "/srv/apps/a/bin/x", "/srv/apps/a/bin/", "/srv/apps/a/bin/",                             true,     null,         null,          "/srv/apps/a/bin/x" },
        { "one file of a user",        "/u/bin/x",          "/u/bin/",    "/u/bin/",                                        true,     null,         "/u",          "/u/bin/x /u/.dotnet" },
        { "one file in an image",      "/riad",             "/",          "/",                                                  true,     null,         "/",           "/riad" },
        { "with the runtime's files",  "/opt/x/x",          "/opt/x/",    "/opt/x/",                                            false,    null,         null,          "/opt/x/ /opt/x/x" },
        { "with an installed runtime", "/opt/x/x",          "/opt/x/",    "/usr/lib/dotnet/shared/Microsoft.NETCore.App/10.0.0/", false,  null,         null,          "/opt/x/ /opt/x/x /usr/lib/dotnet" },
        { "with a runtime that is named", "/opt/x/x",       "/opt/x/",    "/r/shared/Microsoft.NETCore.App/10.0.0/",            false,    "/r",         null,          "/opt/x/ /opt/x/x /r /r" },
        { "a runtime at the root",     "/opt/x/x",          "/opt/x/",    "/shared/Microsoft.NETCore.App/10.0.0/",              false,    null,         null,          "/opt/x/ /opt/x/x" },
    };

    [Theory, MemberData(nameof(Programs))]
    public void Of_the_program_only_what_is_its_own_is_opened(string why, string? program, string itsFolder, string runtime, bool isOneFile, string? root, string? home, string opened) =>
        Assert.Equal((why, opened), (why, string.Join(' ', new ProgramPlaces(program, itsFolder, runtime, isOneFile, root, home).All)));

    [Theory]
    [InlineData("/keys", "/keys")]
    [InlineData("/nowhere-at-all/keys", "/nowhere-at-all")]
    public void A_file_is_read_in_its_folder_and_alone_where_that_is_the_root(string file, string places) =>
        Assert.Equal(places, string.Join(' ', SandboxRules.PlacesOf(new(file))));

    [Fact]
    public void Where_a_link_leads_is_open_too()
    {
        Directory.CreateDirectory(folder.PathOf("etc"));
        Directory.CreateDirectory(folder.PathOf("run"));
        File.WriteAllText(folder.PathOf("run/resolv.conf"), "");
        File.CreateSymbolicLink(folder.PathOf("run/second"), "resolv.conf");
        File.CreateSymbolicLink(folder.PathOf("etc/resolv.conf"), folder.PathOf("run/second"));

        Assert.Equal([folder.PathOf("etc"), folder.PathOf("run")], SandboxRules.PlacesOf(new(folder.PathOf("etc/resolv.conf"))));
    }

    public void Dispose() => folder.Dispose();
}
