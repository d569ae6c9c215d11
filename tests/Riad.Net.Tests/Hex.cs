namespace Riad.Net.Tests;

/// <summary>Octets as they are written in tables: hexadecimal digits, spaces where they help.</summary>
internal static class Hex
{
    public static byte[] Octets(string digits) => Convert.FromHexString(string.Concat(digits.Where(char.IsAsciiHexDigit)));
}
