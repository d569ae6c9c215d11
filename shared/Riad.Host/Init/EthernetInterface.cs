using System.Globalization;
using Riad.Core;

namespace Riad.Host.Init;

/// <summary>An Ethernet interface of the machine.</summary>
/// <param name="Name">Such as <c>eth0</c>.</param>
/// <param name="Index">The kernel's number of it.</param>
/// <param name="HardwareAddress">Six octets.</param>
/// <param name="Mtu">The largest packet as the device has it, before anybody changes it.</param>
internal sealed record EthernetInterface(string Name, uint Index, Octets HardwareAddress, ushort Mtu)
{
    private const string Folder = "/sys/class/net", Ethernet = "1";

    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<EthernetInterface> All() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFileSystemEntries(Folder).Order(StringComparer.Ordinal).Select(Read).OfType<EthernetInterface>()]
        : [];

    /// <summary>True when it is on and something is at its other end.</summary>
    public bool HasCarrier()
    {
        try
        {
            return Line(Path.Combine(Folder, Name), "carrier") is "1";
        }
        catch (IOException)
        {
            // It is off.
            return false;
        }
    }

    /// <summary>How often it got its carrier until now; 0 when it does not say.</summary>
    public uint CarrierUps()
    {
        try
        {
            return uint.TryParse(Line(Path.Combine(Folder, Name), "carrier_up_count"), NumberStyles.None, CultureInfo.InvariantCulture, out var ups) ? ups : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static EthernetInterface? Read(string path)
    {
        try
        {
            var address = Convert.FromHexString(Line(path, "address").Replace(":", "", StringComparison.Ordinal));
            return Line(path, "type") is Ethernet && address.Length == 6 && address.Any(octet => octet != 0)
                ? new(Path.GetFileName(path), uint.Parse(Line(path, "ifindex"), CultureInfo.InvariantCulture), new(address), (ushort)Math.Min(uint.Parse(Line(path, "mtu"), CultureInfo.InvariantCulture), ushort.MaxValue))
                : null;
        }
        catch (Exception exception) when (exception is IOException or FormatException)
        {
            return null;
        }
    }

    private static string Line(string path, string name) => File.ReadAllText(Path.Combine(path, name)).Trim();
}
