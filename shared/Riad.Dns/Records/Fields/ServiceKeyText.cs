using System.Globalization;
using System.Text;

namespace Riad.Dns.Records.Fields;

/// <summary>Names of service parameters: those of the registry, and keyNNNNN.</summary>
/// <remarks>Source: RFC 9460 §2.1.</remarks>
internal static class ServiceKeyText
{
    private static readonly string[] Names =
        ["mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath", "ohttp"];

    /// <summary>Reads a key, in lower case as the RFC defines it.</summary>
    /// <param name="text">The key alone.</param>
    /// <param name="key">0 to 65534.</param>
    /// <param name="isNumbered">True for keyNNNNN, whose value is taken as it is.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out ServiceKey key, out bool isNumbered)
    {
        (key, isNumbered) = (ServiceKey.Invalid, false);
        for (var i = 0; i < Names.Length; i++)
        {
            if (!Ascii.Equals(text, Names[i]))
                continue;
            key = (ServiceKey)i;
            return true;
        }
        if (!text.StartsWith("key"u8) || text is [_, _, _, (byte)'0', _, ..] || !NumberField.TryParse(text[3..], (uint)ServiceKey.Invalid - 1, out var number))
            return false;
        (key, isNumbered) = ((ServiceKey)number, true);
        return true;
    }

    public static string Print(ServiceKey key) =>
        (int)key < Names.Length ? Names[(int)key] : string.Create(CultureInfo.InvariantCulture, $"key{(int)key}");
}
