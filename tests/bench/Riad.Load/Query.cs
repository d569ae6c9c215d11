using System.Text;

namespace Riad.Load;

/// <summary>The types that are asked for.</summary>
internal enum QueryType
{
    A = 1,
    SOA = 6,
    MX = 15,
    TXT = 16,
    AAAA = 28,
}

/// <summary>One question as it stands on the wire.</summary>
internal static class Query
{
    private static readonly byte[] Edns = [0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0];

    public static byte[] Encode(string name, QueryType type, bool edns)
    {
        List<byte> octets = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, (byte)(edns ? 1 : 0)];
        foreach (var label in name.TrimEnd('.').Split('.'))
        {
            octets.Add((byte)label.Length);
            octets.AddRange(Encoding.ASCII.GetBytes(label));
        }
        octets.AddRange([0, 0, (byte)type, 0, 1]);
        if (edns)
            octets.AddRange(Edns);
        return [.. octets];
    }
}
