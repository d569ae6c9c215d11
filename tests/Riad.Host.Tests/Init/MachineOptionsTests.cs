using FsCheck;
using FsCheck.Fluent;
using Riad.Host.Init;
using Riad.Host.Settings;
using Xunit;

namespace Riad.Host.Tests.Init;

public sealed class MachineOptionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string, string> Files => new()
    {
        // why                       file                                                        settings
        { "nothing",                 "",                                                         "" },
        { "remarks and empty lines", "# riad.a=b\n\n  # c\n",                                    "" },
        { "with and without riad.",  "log-level=debug\nriad.http = [::]:80\r\n--listen=a",        "riad.log-level>debug|riad.http>[::]:80|riad.listen>a" },
        { "a value with blanks",     "zone=example.org example.net\nname=\"a b\"",               "riad.zone>example.org example.net|riad.name>a b" },
        { "a switch",                "public-read",                                              "riad.public-read>" },
    };

    [Theory, MemberData(nameof(Files))]
    public void A_file_holds_a_setting_a_line(string why, string file, string settings) =>
        Assert.Equal((why, settings), (why, Show(MachineOptions.OfFile(file))));

    [Fact]
    public void A_file_that_cannot_be_read_is_a_fault_and_one_that_is_missing_is_none()
    {
        var faults = new List<string>();
        File.WriteAllText(folder.PathOf("good"), "http=[::]:80");
        File.WriteAllText(folder.PathOf("endless"), new string('#', 100_000));

        Assert.Equal("riad.http>[::]:80", Show(MachineOptions.OfFileAt(folder.PathOf("good"), faults)));
        Assert.Equal("", Show(MachineOptions.OfFileAt(folder.PathOf("missing"), faults)));
        Assert.Empty(faults);
        Assert.Equal("", Show(MachineOptions.OfFileAt(folder.PathOf("endless"), faults)));
        // The memory of this process, of which nothing lies at its beginning: an input/output error.
        Assert.Equal("", Show(MachineOptions.OfFileAt("/proc/self/mem", faults)));
        Assert.Equal([folder.PathOf("endless") + " cannot be read: it is larger than 64 KiB", "/proc/self/mem cannot be read: "], [faults[0], faults[1][.."/proc/self/mem cannot be read: ".Length]]);
    }

    [Fact]
    public void The_first_place_that_names_a_setting_counts()
    {
        var options = MachineOptions.OfLine("riad.listen=a riad.listen=b").Before(MachineOptions.OfFile("listen=c\nhttp=d")).Otherwise("riad.http", "e").Otherwise("riad.state", "f");

        Assert.Equal("riad.listen>a|riad.listen>b|riad.http>d|riad.state>f", Show(options));
    }

    [Fact]
    public void The_service_gets_what_is_not_the_machines()
    {
        var options = MachineOptions.OfLine("quiet riad.ipv4=dhcp riad.hostname=ns1 riad.listen=[::]:53 riad.note=\"two words\" riad.public-read");

        Assert.Equal("riad.listen=\"[::]:53\" riad.note=\"two words\" riad.public-read=\"\"", options.ForService());
    }

    [Fact]
    public void What_the_service_gets_reads_as_it_was_set() => Prop.ForAll<NonNull<string>>(text =>
    {
        var value = new string([.. text.Get.Where(character => character is not '"')]);
        var options = new MachineOptions([new("riad.note", value)]);

        return KernelCommandLine.Read(options.ForService() + "\n") is [var word] && word.Key == "riad.note" && word.Value == value;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_setting_that_will_not_do_is_a_fault_and_its_default()
    {
        var faults = new List<string>();
        var choices = MachineOptions.OfLine("riad.ipv4=192.0.2.7").Get(MachineSettings.IPv4, faults);

        Assert.Equal(AddressSource.Automatic, Assert.Single(choices).Source);
        Assert.Equal(["riad.ipv4: '192.0.2.7' will not do; write dhcp, none or an address such as 192.0.2.7/24, then perhaps @eth1"], faults);
    }

    public static TheoryData<string, string, string> Addresses => new()
    {
        // line                                                    interface   what
        { "",                                                      "eth0",     "Automatic" },
        { "riad.ipv4=none",                                        "eth0",     "None" },
        { "riad.ipv4=192.0.2.7/24",                                "eth0",     "Static 192.0.2.7/24" },
        { "riad.ipv4=192.0.2.7/24@eth1",                           "eth1",     "Static 192.0.2.7/24" },
        { "riad.ipv4=192.0.2.7/24@eth1",                           "eth0",     "None" },
        { "riad.ipv4=192.0.2.7/24@eth1 riad.ipv4=dhcp",            "eth0",     "Automatic" },
        { "riad.ipv4=dhcp,192.0.2.7/24@eth1",                      "eth1",     "Static 192.0.2.7/24" },
    };

    [Theory, MemberData(nameof(Addresses))]
    public void An_interface_gets_what_names_it_or_what_names_none(string line, string name, string what)
    {
        var choice = NetworkPlan.For(NetworkPlan.Read(MachineOptions.OfLine(line), []).IPv4, name);

        Assert.Equal((line, what), (line, choice.Source is AddressSource.Static ? $"{choice.Source} {choice.Address}/{choice.PrefixLength}" : choice.Source.ToString()));
    }

    public static TheoryData<string> Refused =>
    [
        "riad.ipv4=192.0.2.7/33", "riad.ipv4=192.0.2.7/0", "riad.ipv4=2001:db8::7/64", "riad.ipv4=dhcp@", "riad.ipv4=0.0.0.0/8", "riad.ipv4=dhcp@../../x",
        "riad.ipv6=dhcp", "riad.ipv6=2001:db8::7/129", "riad.ipv6=::1/64", "riad.ipv4-gateway=2001:db8::1", "riad.ipv6-gateway=192.0.2.1", "riad.nameserver=ns1",
    ];

    [Theory, MemberData(nameof(Refused))]
    public void What_is_no_address_is_refused_with_what_to_write(string line)
    {
        var faults = new List<string>();
        _ = NetworkPlan.Read(MachineOptions.OfLine(line), faults);

        Assert.Contains("will not do; write ", Assert.Single(faults), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static string Show(MachineOptions options) => string.Join('|', options.Words.Select(word => $"{word.Key}>{word.Value}"));
}
