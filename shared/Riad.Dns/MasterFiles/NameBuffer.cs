using Riad.Dns.Names;

namespace Riad.Dns.MasterFiles;

/// <summary>Room for one name that changes often.</summary>
internal sealed class NameBuffer
{
    private readonly byte[] octets = new byte[NameOctets.MaxLength + 1];
    private readonly byte[] next = new byte[NameOctets.MaxLength + 1];
    private int length;

    /// <summary>True when it holds no name; the root is a name.</summary>
    public bool IsEmpty => length == 0;

    /// <summary>The name on the wire.</summary>
    public ReadOnlySpan<byte> Octets => octets.AsSpan(0, length);

    public void Clear() => length = 0;

    public void Set(ReadOnlySpan<byte> name)
    {
        name.CopyTo(octets);
        length = name.Length;
    }

    /// <summary>Reads a name; on failure the one before stays.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, ReadOnlySpan<byte> origin, out NameFault fault)
    {
        if (!NameText.TryParse(text, origin, next, out var parsed, out fault))
            return false;
        Set(next.AsSpan(0, parsed));
        return true;
    }
}
