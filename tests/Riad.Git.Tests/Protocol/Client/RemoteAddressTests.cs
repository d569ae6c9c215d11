using FsCheck;
using FsCheck.Fluent;
using Riad.Git.Protocol.Client;
using Xunit;

namespace Riad.Git.Tests.Protocol.Client;

public sealed class RemoteAddressTests
{
    public static TheoryData<string, string, string?> Addresses => new()
    {
        // written                                          understood                                                            branch
        { "https://forge.example/dns/zones.git",            "Http https://forge.example/dns/zones.git",                            null },
        { "https://forge.example:8443/zones.git/#main",     "Http https://forge.example:8443/zones.git",                           "main" },
        { "https://ada@forge.example/zones#team/dns",       "Http https://forge.example/zones as ada",                             "team/dns" },
        { "HTTP://[::1]:8080/zones.git",                    "Http http://[::1]:8080/zones.git",                                    null },
        { "ssh://git@forge.example/dns/zones.git",          "Ssh git@forge.example /dns/zones.git",                                null },
        { "ssh://forge.example:2222/zones.git",             "Ssh forge.example port 2222 /zones.git",                              null },
        { "ssh://git@[2001:db8::1]:2222/zones.git",         "Ssh git@2001:db8::1 port 2222 /zones.git",                            null },
        { "ssh://forge.example/~ada/zones.git",             "Ssh forge.example ~ada/zones.git",                                    null },
        { "git+ssh://forge.example/a%20b.git",              "Ssh forge.example /a b.git",                                          null },
        { "git@forge.example:dns/zones.git#live",           "Ssh git@forge.example dns/zones.git",                                 "live" },
        { "forge:zones.git",                                "Ssh forge zones.git",                                                 null },
        { "git@[2001:db8::1]:zones.git",                    "Ssh git@2001:db8::1 zones.git",                                       null },
        { "file:///srv/zones.git",                          "Local /srv/zones.git",                                                null },
        { "/srv/zones.git#main",                            "Local /srv/zones.git",                                                "main" },
        { "./zones.git",                                    "Local ./zones.git",                                                   null },
    };

    [Theory, MemberData(nameof(Addresses))]
    public void An_address_is_understood_as_git_does(string written, string understood, string? expectedBranch)
    {
        Assert.True(RemoteAddressReader.TryRead(written, out var address, out var branch, out _));

        Assert.Equal(understood, Describe(address));
        Assert.Equal(expectedBranch, branch);
    }

    public static TheoryData<string, string, string> Refusals => new()
    {
        // why                                   written                                          what is said
        { "an option",                           "-uroot@forge.example:zones",                    "does not begin with '-'" },
        { "an option of ssh as the host",        "ssh://-oProxyCommand=touch%20x/zones",          "begins with '-'" },
        { "an option of ssh, scp-like",          "git@-oProxyCommand=x:zones",                    "begins with '-'" },
        { "an option of git as the path",        "git@forge.example:--upload-pack=x",             "begins with '-'" },
        { "a program",                           "ext::sh -c touch% x",                           "write https://" },
        { "a program without a space",           "ext::sh",                                       "remote helpers" },
        { "another remote helper",               "fd::17/zones",                                  "remote helpers" },
        { "a remote helper by its scheme",       "s3://bucket/zones",                             "not known" },
        { "git's own protocol",                  "git://forge.example/zones.git",                 "proves neither" },
        { "ftp",                                 "ftp://forge.example/zones.git",                 "not known" },
        { "a password",                          "https://ada:secret@forge.example/zones.git",    "--remote-credentials" },
        { "a password with ssh",                 "ssh://ada:secret@forge.example/zones.git",      "write ssh://" },
        { "nothing",                             "",                                              "write https://" },
        { "a word",                              "zones",                                         "write https://" },
        { "a relative path without a dot",       "srv/zones.git",                                 "write https://" },
        { "no host",                             "https:///zones.git",                            "write https://" },
        { "a host in other letters",             "https://b\u00fccher.example/zones",              "in ASCII" },
        { "a query",                             "https://forge.example/zones?x=1",               "write https://" },
        { "a newline",                           "https://forge.example/zones\nHost: x",          "write https://" },
        { "an encoded newline in a path",        "ssh://forge.example/zones%0Arm",                "write ssh://" },
        { "port 0",                              "ssh://forge.example:0/zones",                   "write ssh://" },
        { "no path",                             "ssh://forge.example",                           "write ssh://" },
        { "a shell's work in the host",          "ssh://$(touch)/zones",                          "write ssh://" },
        { "another machine's file",              "file://forge.example/zones",                    "three slashes" },
        { "a branch that cannot be",             "https://forge.example/zones#a..b",              "name of a branch" },
        { "no branch after the sign",            "https://forge.example/zones#",                  "name of a branch" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void What_is_not_spoken_is_refused_with_what_to_write(string why, string written, string said)
    {
        Assert.False(RemoteAddressReader.TryRead(written, out _, out _, out var instead), why);

        Assert.Contains(said, instead, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", instead, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_is_accepted_could_be_an_option() => Prop.ForAll<NonNull<string>>(text =>
    {
        var safe = !RemoteAddressReader.TryRead(text.Get, out var address, out _, out _) || IsSafe(address!);
        var fromHost = !RemoteAddressReader.TryRead($"ssh://{text.Get}/x", out var ssh, out _, out _) || IsSafe(ssh!);
        return safe && fromHost;
    }).QuickCheckThrowOnFailure();

    private static bool IsSafe(RemoteAddress address) => address switch
    {
        RemoteAddress.Http http => http.Url.Scheme is "http" or "https",
        RemoteAddress.Ssh ssh => ssh.Destination is not (['-', ..] or "") && ssh.Path is not (['-', ..] or "") && !ssh.Path.Any(char.IsControl),
        RemoteAddress.Local local => local.Path[0] is '/' or '.',
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Describe(RemoteAddress address) => address switch
    {
        RemoteAddress.Http http => $"Http {http.Url}{(http.UserName is null ? "" : $" as {http.UserName}")}",
        RemoteAddress.Ssh ssh => $"Ssh {ssh.Destination}{(ssh.Port is null ? "" : $" port {ssh.Port}")} {ssh.Path}",
        RemoteAddress.Local local => $"Local {local.Path}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
