using Riad.Dns.Names;
using Riad.Dns.Tsig;
using Riad.DnsPrimaryGit.Commands;
using Xunit;

namespace Riad.Appliances.Tests.Keys;

public sealed class KeyGenerateTests
{
    [Fact]
    public void Key_is_printed_in_every_form() => Assert.Equal(
        """
        # By its name this key may update, transfer and notify example.org and zones below it.

        # For --keys FILE: a file that only dns-primary-git can read (recommended).
        laptop._update.example.org:hmac-sha256:MDEyMzQ1Njc4OWFiY2RlZg==

        # Or for a _keys file in the repository: whoever can read the repository has the key.
        laptop._update.example.org. DNSKEY 0 3 163 MDEyMzQ1Njc4OWFiY2RlZg==

        # BIND: named.conf, and a file for nsupdate -k and dig -k.
        key "laptop._update.example.org" { algorithm hmac-sha256; secret "MDEyMzQ1Njc4OWFiY2RlZg=="; };

        # Knot DNS: knot.conf.
        key:
          - id: laptop._update.example.org
            algorithm: hmac-sha256
            secret: MDEyMzQ1Njc4OWFiY2RlZg==

        # NSD: nsd.conf.
        key:
          name: "laptop._update.example.org"
          algorithm: hmac-sha256
          secret: "MDEyMzQ1Njc4OWFiY2RlZg=="
        """, KeyGenerateCommand.Print(Key("laptop._update.example.org")));

    [Theory]
    [InlineData("a._notify.example.org", "# By its name this key may notify example.org and zones below it.")]
    [InlineData("192.0.2.1.192.0.2.2._transfer", "# By its name this key may transfer and notify every zone. 192.0.2.2 is told of changes.")]
    [InlineData("laptop", "# The name of this key grants nothing: give it a line in --policy FILE, such as 'key laptop may transfer zone example.org'.")]
    public void What_its_name_grants_is_said_first(string name, string expected) =>
        Assert.Equal(expected, KeyGenerateCommand.Print(Key(name)).Split('\n')[0]);

    private static TsigKey Key(string text) =>
        DomainName.TryParseAbsolute(text, out var name) && TsigSecret.TryCreate("0123456789abcdef"u8, out var secret)
            ? new(name, TsigAlgorithm.HmacSha256, secret)
            : throw new ArgumentException(text, nameof(text));
}
