namespace Riad.Net.Machine;

/// <summary>What a machine can call itself.</summary>
/// <remarks>Source: Linux, include/uapi/linux/utsname.h.</remarks>
public static class HostName
{
    /// <summary>How many characters the kernel takes.</summary>
    public const int MaxLength = 64;

    /// <summary>The name, or so much of it as the kernel takes: without its domain, or cut.</summary>
    /// <param name="name">ASCII. DHCP names may have 255 characters.</param>
    public static string Fit(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length <= MaxLength)
            return name;
        var label = name.Split('.')[0];
        return label.Length is > 0 and <= MaxLength ? label : name[..MaxLength].TrimEnd('-', '.');
    }
}
