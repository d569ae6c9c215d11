using System.Text;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Server.Access;
using Riad.Dns.Tests.Tsig;
using Xunit;

namespace Riad.Dns.Tests.Server.Access;

public sealed class RightsTests
{
    public static TheoryData<string, string?> Roles => new()
    {
        // key name                                               operation zone primary secondary
        { "client._update",                                       "Update . - -" },
        { "_update",                                              "Update . - -" },
        { "client._UPDATE.Example.org",                           "Update Example.org. - -" },
        { "a._update.b._transfer.example.org",                    "Transfer example.org. - -" },
        { "192.168.42.2.192.168.42.1._transfer.mirage",           "Transfer mirage. 192.168.42.2 192.168.42.1" },
        { "sec.192.168.42.2._transfer.mirage",                    "Transfer mirage. 192.168.42.2 -" },
        { "192.168.42.2._transfer",                               "Transfer . 192.168.42.2 -" },
        { "2001-db8--1.2001-db8--2._transfer.example.org",        "Transfer example.org. 2001:db8::1 2001:db8::2" },
        { "192.0.2.1.2001-db8--2._transfer.example.org",          "Transfer example.org. 192.0.2.1 2001:db8::2" },
        { "x.--1._transfer.example.org",                          "Transfer example.org. ::1 -" },
        { "192.168.42._transfer.example.org",                     "Transfer example.org. - -" },
        { "192.168.42.256._transfer.example.org",                 "Transfer example.org. - -" },
        { "192.168.42.1._notify.example.org",                     "Notify example.org. - -" },
        { "192.168.42.1._update.example.org",                     "Update example.org. - -" },
        { "key.example.org",                                      null },
        { ".",                                                    null },
        { "_updates.example.org",                                 null },
    };

    [Theory, MemberData(nameof(Roles))]
    public void Name_of_a_key_says_what_it_is_for(string key, string? expected) =>
        Assert.Equal(expected, KeyNameRole.TryRead(Name(key), out var role) ? $"{role.Operation} {role.Zone} {Print(role.Primary)} {Print(role.Secondary)}" : null);

    public static TheoryData<string, string, bool, bool, bool> ByName => new()
    {
        // key                      zone                update transfer notify
        { "k._update.example.org",   "example.org",      true,  true,  true },
        { "k._update.example.org",   "sub.Example.org",  true,  true,  true },
        { "k._update.example.org",   "org",              false, false, false },
        { "k._update.example.org",   "badexample.org",   false, false, false },
        { "k._update",               "example.org",      true,  true,  true },
        { "k._transfer.example.org", "example.org",      false, true,  true },
        { "k._notify.example.org",   "example.org",      false, false, true },
        { "k.example.org",           "example.org",      false, false, false },
    };

    [Theory, MemberData(nameof(ByName))]
    public void Without_a_policy_the_name_decides(string keyName, string zoneName, bool update, bool transfer, bool notify)
    {
        var (key, zone) = (TsigVectors.Key(name: keyName), Name(zoneName));
        Assert.Equal(update, Rights.ByKeyNames.MayUpdate(key, zone));
        Assert.Equal(update, Rights.ByKeyNames.MayUpdate(key, zone, Name($"host.{zoneName}"), 1));
        Assert.False(Rights.ByKeyNames.MayUpdate(key, zone, Name("elsewhere"), 1));
        Assert.Equal(transfer, Rights.ByKeyNames.MayTransfer(key, Address("192.0.2.1"), zone));
        Assert.Equal(notify, Rights.ByKeyNames.MayNotify(key, zone));
    }

    [Fact]
    public void Without_a_key_nothing_is_granted()
    {
        var zone = Name("example.org");
        Assert.False(Rights.ByKeyNames.MayTransfer(null, Address("127.0.0.1"), zone));
        Assert.False(Rights.ByKeyNames.MayNotify(null, zone));
        Assert.False(Rights.ByKeyNames.MayUpdate(null, zone));
        Assert.False(Rights.ByKeyNames.MayUpdate(null, zone, zone, 1));
    }

    private const string Example =
        """
        # Who may do what.
        key laptop                   may update name host7.example.org types A AAAA
        key acme                     may update names under _acme-challenge.example.org types TXT
        key dhcp                     may update zone lab.example.org    # all of it
        key dhcp                     may transfer zone lab.example.org
        key admin                    may update zones under example.org
        key everything               may update every zone
        key sec                      may transfer every zone
        key old._update.example.org  may nothing
        key few._update.example.org  may notify zone example.org
        address 192.0.2.0/24         may transfer zone example.org
        address 2001:db8::1          may transfer zones under example.net
        """;

    public static TheoryData<string, string, string, ushort, bool> Updates => new()
    {
        // key                      zone               name                                type          granted
        { "laptop",                 "example.org",     "host7.example.org",                1,            true },
        { "laptop",                 "example.org",     "HOST7.example.org",                28,           true },
        { "laptop",                 "example.org",     "host7.example.org",                16,           false },
        { "laptop",                 "example.org",     "host7.example.org",                QueryTypes.Any, false },
        { "laptop",                 "example.org",     "a.host7.example.org",              1,            false },
        { "acme",                   "example.org",     "_acme-challenge.example.org",      16,           true },
        { "acme",                   "example.org",     "a._acme-challenge.example.org",    16,           true },
        { "acme",                   "example.org",     "example.org",                      16,           false },
        { "dhcp",                   "lab.example.org", "x.lab.example.org",                QueryTypes.Any, true },
        { "dhcp",                   "example.org",     "x.lab.example.org",                1,            false },
        { "dhcp",                   "sub.lab.example.org", "x.sub.lab.example.org",        1,            false },
        { "admin",                  "lab.example.org", "x.lab.example.org",                1,            true },
        { "admin",                  "example.net",     "example.net",                      1,            false },
        { "everything",             "example.net",     "example.net",                      6,            true },
        { "sec",                    "example.org",     "example.org",                      1,            false },
        { "old._update.example.org", "example.org",    "example.org",                      1,            false },
        { "few._update.example.org", "example.org",    "example.org",                      1,            false },
        { "new._update.example.org", "example.org",    "example.org",                      1,            true },
    };

    [Theory, MemberData(nameof(Updates))]
    public void Line_of_a_key_replaces_what_its_name_grants(string key, string zone, string owner, ushort type, bool granted) =>
        Assert.Equal(granted, Granted().MayUpdate(TsigVectors.Key(name: key), Name(zone), Name(owner), type));

    [Theory]
    [InlineData("laptop", "example.org", true)]
    [InlineData("laptop", "lab.example.org", false)]
    [InlineData("acme", "example.org", true)]
    [InlineData("acme", "x._acme-challenge.example.org", true)]
    [InlineData("acme", "example.net", false)]
    [InlineData("sec", "example.org", false)]
    [InlineData("old._update.example.org", "example.org", false)]
    public void Something_of_a_zone_may_be_updated(string key, string zone, bool granted) =>
        Assert.Equal(granted, Granted().MayUpdate(TsigVectors.Key(name: key), Name(zone)));

    [Theory]
    [InlineData("dhcp", "198.51.100.1", "lab.example.org", true)]
    [InlineData("dhcp", "198.51.100.1", "example.org", false)]
    [InlineData("sec", "198.51.100.1", "anything", true)]
    [InlineData("laptop", "198.51.100.1", "example.org", false)]
    [InlineData("few._update.example.org", "198.51.100.1", "example.org", false)]
    [InlineData("laptop", "192.0.2.9", "example.org", true)]
    [InlineData(null, "192.0.2.9", "example.org", true)]
    [InlineData(null, "::ffff:192.0.2.9", "example.org", true)]
    [InlineData(null, "192.0.3.1", "example.org", false)]
    [InlineData(null, "192.0.2.9", "lab.example.org", false)]
    [InlineData(null, "2001:db8::1", "lab.example.net", true)]
    [InlineData(null, "2001:db8::2", "lab.example.net", false)]
    public void Transfers_are_granted_by_key_or_by_address(string? key, string client, string zone, bool granted) =>
        Assert.Equal(granted, Granted().MayTransfer(key is null ? null : TsigVectors.Key(name: key), Address(client), Name(zone)));

    [Fact]
    public void Notification_is_not_implied_by_a_line() =>
        Assert.Equal((true, false), (Granted().MayNotify(TsigVectors.Key(name: "few._update.example.org"), Name("example.org")), Granted().MayNotify(TsigVectors.Key(name: "sec"), Name("example.org"))));

    public static TheoryData<string, string> Faults => new()
    {
        // line                                               column and fault
        { "laptop may update zone example.org",               "1:1:WhoExpected" },
        { "key",                                              "1:4:NameExpected" },
        { "key a..b may update every zone",                   "1:5:NameExpected" },
        { "key a update every zone",                          "1:7:MayExpected" },
        { "key a may",                                        "1:10:OperationExpected" },
        { "key a may write every zone",                       "1:11:OperationExpected" },
        { "key a may update",                                 "1:17:ScopeExpected" },
        { "key a may update example.org",                     "1:18:ScopeExpected" },
        { "key a may update every zones",                     "1:24:ScopeExpected" },
        { "key a may update names example.org",               "1:24:ScopeExpected" },
        { "key a may update zone",                            "1:22:NameExpected" },
        { "key a may transfer name example.org",              "1:25:NamesOnlyForUpdate" },
        { "key a may transfer zone example.org types A",      "1:37:TypesOnlyForUpdate" },
        { "key a may update zone example.org type A",         "1:35:EndExpected" },
        { "key a may update zone example.org types",          "1:40:TypeExpected" },
        { "key a may update zone example.org types A B",      "1:43:TypeExpected" },
        { "key a may nothing more",                           "1:19:EndExpected" },
        { "address example.org may transfer every zone",      "1:9:AddressExpected" },
        { "address 192.0.2.1/24 may transfer every zone",     "1:9:AddressExpected" },
        { "address 192.0.2.0/33 may transfer every zone",     "1:9:AddressExpected" },
        { "address 192.0.2.1 may update every zone",          "1:23:AddressMayOnlyTransfer" },
        { "key a may nothing\nkey A. may notify every zone",  "1:1:NothingAndSomething" },
        { "\n  # x\n\tkey a may x\r\n\nkey",                  "3:12:OperationExpected 5:4:NameExpected" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void Faults_are_told_with_their_place(string text, string expected)
    {
        Assert.False(PolicyReader.TryRead("policy", Encoding.UTF8.GetBytes(text), out _, out var errors));
        Assert.Equal(expected, string.Join(' ', errors.Select(error => $"{error.At.Line}:{error.At.Column}:{error.Fault}")));
        Assert.All(errors, error => Assert.StartsWith("policy:", error.ToString(), StringComparison.Ordinal));
    }

    private static Rights Granted() => PolicyReader.TryRead("policy", Encoding.UTF8.GetBytes(Example), out var policy, out var errors) ? new(policy) : throw new InvalidOperationException(errors.ToString());

    private static string Print(IpAddress? address) => address?.ToString() ?? "-";

    private static IpAddress Address(string text) => IpAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address) ? address : throw new ArgumentException(text, nameof(text));

    private static DomainName Name(string text) => TsigVectors.Name(text);
}
