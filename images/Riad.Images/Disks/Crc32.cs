namespace Riad.Images.Disks;

/// <summary>The checksum of partition tables.</summary>
/// <remarks>Source: UEFI specification §4.2: the polynomial of IEEE 802.3, low bit first. Tables are short: one bit at a time.</remarks>
public static class Crc32
{
    private const uint Polynomial = 0xEDB8_8320;

    /// <summary>The checksum of the octets.</summary>
    public static uint Compute(ReadOnlySpan<byte> octets)
    {
        var register = uint.MaxValue;
        foreach (var octet in octets)
        {
            register ^= octet;
            for (var bit = 0; bit < 8; bit++)
                register = (register >> 1) ^ (Polynomial & (0 - (register & 1)));
        }
        return ~register;
    }
}
