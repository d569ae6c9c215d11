using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Riad.Core;
using Riad.Host.Settings;

namespace Riad.Host.Init;

/// <summary>What can be set about a machine itself: <c>riad.ipv4=192.0.2.7/24</c> on the kernel's command line.</summary>
internal static class MachineSettings
{
    public static readonly Setting<string?> HostName = SettingOf.Optional(
        "--hostname", "NAME", "What the machine calls itself; by default what DHCP says, or the appliance's name.", (ValueReader<string>)Name);

    public static readonly Setting<ImmutableArray<AddressChoice>> IPv4 = SettingOf.Many<AddressChoice>(
        "--ipv4", "CHOICE[@INTERFACE]", "dhcp, none, or ADDRESS/LENGTH; without an interface, for every Ethernet interface.", ChoiceV4, [new(AddressSource.Automatic, default, 0, Interface: null)]);

    public static readonly Setting<ImmutableArray<GatewayChoice>> IPv4Gateway = SettingOf.Many<GatewayChoice>(
        "--ipv4-gateway", "ADDRESS[@INTERFACE]", "The way out, with a static address.", GatewayV4, []);

    public static readonly Setting<ImmutableArray<AddressChoice>> IPv6 = SettingOf.Many<AddressChoice>(
        "--ipv6", "CHOICE[@INTERFACE]", "auto (from routers' advertisements), none, or ADDRESS/LENGTH.", ChoiceV6, [new(AddressSource.Automatic, default, 0, Interface: null)]);

    public static readonly Setting<ImmutableArray<GatewayChoice>> IPv6Gateway = SettingOf.Many<GatewayChoice>(
        "--ipv6-gateway", "ADDRESS[@INTERFACE]", "The way out, with a static address.", GatewayV6, []);

    public static readonly Setting<ImmutableArray<IpAddress>> NameServer = SettingOf.Many<IpAddress>(
        "--nameserver", "ADDRESS", "A resolver; before those that the network names.", ValueOf.Address, []);

    public static readonly Setting<ImmutableArray<IpAddress>> Ntp = SettingOf.Many<IpAddress>(
        "--ntp", "ADDRESS", "A time server; without it one that DHCP names is asked where there is no clock.", ValueOf.Address, []);

    public static readonly Setting<string> Disk = SettingOf.One(
        "--disk", "LABEL", "The label of the ext4 file system that becomes /data, a device such as /dev/vda, or none.", ValueOf.Text, "riad-data");

    public static readonly Setting<WatchdogUse> Watchdog = SettingOf.One(
        "--watchdog", "on|off|test", "Whether the machine's watchdog resets it when the first process hangs; test never feeds it.",
        ValueOf.Choice(("on", WatchdogUse.On), ("off", WatchdogUse.Off), ("test", WatchdogUse.Test)), WatchdogUse.On, "on");

    public static ImmutableArray<Setting> All { get; } = [HostName, IPv4, IPv4Gateway, IPv6, IPv6Gateway, NameServer, Ntp, Disk, Watchdog];

    private static bool Name(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? instead)
    {
        var isName = text.Length is > 0 and <= 63 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.') && text[0] is not ('-' or '.');
        instead = isName ? null : "write at most 63 letters, digits and hyphens";
        value = text;
        return isName;
    }

    private static bool ChoiceV4(string text, [NotNullWhen(true)] out AddressChoice? value, [NotNullWhen(false)] out string? instead) =>
        Choice(text, "dhcp", isIPv6: false, "write dhcp, none or an address such as 192.0.2.7/24, then perhaps @eth1", out value, out instead);

    private static bool ChoiceV6(string text, [NotNullWhen(true)] out AddressChoice? value, [NotNullWhen(false)] out string? instead) =>
        Choice(text, "auto", isIPv6: true, "write auto, none or an address such as 2001:db8::7/64, then perhaps @eth1", out value, out instead);

    private static bool GatewayV4(string text, [NotNullWhen(true)] out GatewayChoice? value, [NotNullWhen(false)] out string? instead) =>
        Gateway(text, isIPv6: false, "write an address such as 192.0.2.1, then perhaps @eth1", out value, out instead);

    private static bool GatewayV6(string text, [NotNullWhen(true)] out GatewayChoice? value, [NotNullWhen(false)] out string? instead) =>
        Gateway(text, isIPv6: true, "write an address such as 2001:db8::1, then perhaps @eth1", out value, out instead);

    private static bool Choice(string text, string automatic, bool isIPv6, string sentence, [NotNullWhen(true)] out AddressChoice? value, [NotNullWhen(false)] out string? instead)
    {
        (value, instead) = (null, sentence);
        if (!TryCut(text, out var what, out var name))
            return false;
        if (what == automatic || what == "none")
            value = new(what == "none" ? AddressSource.None : AddressSource.Automatic, default, 0, name);
        else if (what.Split('/') is [var address, var length]
            && TryAddress(address, isIPv6, out var read)
            && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits is > 0 && bits <= (isIPv6 ? 128 : 32))
            value = new(AddressSource.Static, read, bits, name);
        if (value is null)
            return false;
        instead = null;
        return true;
    }

    private static bool Gateway(string text, bool isIPv6, string sentence, [NotNullWhen(true)] out GatewayChoice? value, [NotNullWhen(false)] out string? instead)
    {
        (value, instead) = (null, sentence);
        if (!TryCut(text, out var what, out var name) || !TryAddress(what, isIPv6, out var read))
            return false;
        (value, instead) = (new(read, name), null);
        return true;
    }

    private static bool TryCut(string text, out string what, out string? name)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        (what, name) = at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
        return name is null or { Length: > 0 and < 16 } && name?.Contains('/', StringComparison.Ordinal) is not true;
    }

    private static bool TryAddress(string text, bool isIPv6, out IpAddress address) =>
        IpAddress.TryParse(Encoding.UTF8.GetBytes(text), out address) && address.IsIPv6 == isIPv6 && !address.IsAny && !address.IsLoopback;
}
