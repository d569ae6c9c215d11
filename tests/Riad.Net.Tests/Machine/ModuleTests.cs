using FsCheck;
using FsCheck.Fluent;
using Riad.Net.Machine;

namespace Riad.Net.Tests.Machine;

public sealed class ModuleTests
{
    private const string Aliases = """
        # Aliases extracted from modules themselves.
        alias virtio:d00000001v* virtio_net
        alias virtio:d00000002v* virtio_blk
        alias pci:v00001AF4d*sv*sd*bc*sc*i* virtio_pci
        alias acpi*:PNP0C0C:* button
        alias input:b*v*p*e*-e*1,*k*r*a*m*l*s*f*w* evdev
        alias usb:v04F9p0033d*dc*dsc*dp*ic*isc*ip*in* other
        alias of:N*T*Cbrcm,bcm2711-genet-v[45]C* genet
        """;

    public static TheoryData<string, string, string> Devices => new()
    {
        // why                       device                                                          modules
        { "a network card",          "virtio:d00000001v00001AF4",                                    "virtio_net" },
        { "a bus",                   "pci:v00001AF4d00001041sv00001AF4sd00001100bc02sc00i00",        "virtio_pci" },
        { "a power button",          "acpi:PNP0C0C:",                                                "button" },
        { "its keys",                "input:b0019v0000p0001e0000-e0,1,k74,ramlsfw",                  "evdev" },
        { "one of a set",            "of:NethernetT(null)Cbrcm,bcm2711-genet-v5C",                   "genet" },
        { "none of a set",           "of:NethernetT(null)Cbrcm,bcm2711-genet-v6C",                   "" },
        { "a device of nobody",      "pci:v00008086d000029C0sv00001AF4sd00001100bc06sc00i00",        "" },
        { "nothing",                 "",                                                             "" },
    };

    [Theory, MemberData(nameof(Devices))]
    public void A_device_finds_its_modules(string why, string device, string modules) =>
        Assert.Equal((why, modules), (why, string.Join(' ', ModuleAliases.Read(Aliases).ModulesFor(device))));

    public static TheoryData<string, string, bool> Patterns => new()
    {
        // pattern     text        fits
        { "",          "",         true },
        { "*",         "",         true },
        { "a*b*c",     "aXbbYc",   true },
        { "a*b*c",     "aXbbY",    false },
        { "?",         "",         false },
        { "a?c",       "abc",      true },
        { "[a-c]x",    "bx",       true },
        { "[a-c]x",    "dx",       false },
        { "[a-]",      "-",        true },
        { "[",         "[",        true },
        { "[a",        "a",        false },
        { "a**",       "a",        true },
    };

    [Theory, MemberData(nameof(Patterns))]
    public void A_pattern_fits_the_whole_text(string pattern, string text, bool fits) => Assert.Equal(fits, Glob.Matches(pattern, text));

    [Fact]
    public void A_text_fits_itself_and_anything_around_it() => Prop.ForAll<NonNull<string>>(text =>
    {
        var plain = new string([.. text.Get.Where(character => character is not ('*' or '?' or '['))]);
        return Glob.Matches(plain, plain) && Glob.Matches("*" + plain + "*", "x" + plain + "y");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Matching_never_throws_whatever_the_pattern() => Prop.ForAll<NonNull<string>, NonNull<string>>((pattern, text) =>
        Glob.Matches(pattern.Get, text.Get) || true).QuickCheckThrowOnFailure();

    public static TheoryData<string, string, string> Modules => new()
    {
        // why                       module          files
        { "what it needs first",     "virtio_net",   "kernel/net/core/failover.ko kernel/drivers/net/net_failover.ko kernel/drivers/net/virtio_net.ko" },
        { "nothing needed",          "failover",     "kernel/net/core/failover.ko" },
        { "a hyphen in the file",    "virtio_rng",   "kernel/drivers/char/hw_random/virtio-rng.ko.xz" },
        { "a hyphen in the name",    "virtio-rng",   "kernel/drivers/char/hw_random/virtio-rng.ko.xz" },
        { "not there",               "nothing",      "" },
        { "a circle",                "a",            "kernel/b.ko kernel/a.ko" },
    };

    [Theory, MemberData(nameof(Modules))]
    public void A_module_is_loaded_after_what_it_needs(string why, string module, string files)
    {
        var dependencies = ModuleDependencies.Read("""
            kernel/net/core/failover.ko:
            kernel/drivers/net/virtio_net.ko: kernel/drivers/net/net_failover.ko kernel/net/core/failover.ko
            kernel/drivers/net/net_failover.ko: kernel/net/core/failover.ko
            kernel/a.ko: kernel/b.ko
            kernel/b.ko: kernel/a.ko kernel/gone.ko
            kernel/drivers/char/hw_random/virtio-rng.ko.xz:
            no colon
            """);
        Assert.Equal((why, files), (why, string.Join(' ', dependencies.FilesFor(module))));
    }
}
