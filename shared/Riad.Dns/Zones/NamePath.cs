using System.Runtime.Intrinsics;
using Riad.Dns.Names;

namespace Riad.Dns.Zones;

/// <summary>A name taken apart for lookups: in lower case, with the place and the hash of every label.</summary>
/// <remarks>Mutable and reused: one per thread that answers, so that nothing is allocated per question.</remarks>
internal sealed class NamePath
{
    private const int MaxLabels = 127;

    private static readonly byte[] WildcardLabel = [1, (byte)'*', 0, 0, 0, 0, 0, 0];

    private readonly byte[] lower = new byte[NameOctets.MaxLength + 1 + NameHash.Padding];
    private readonly byte[] wildcard = new byte[2 + NameOctets.MaxLength];
    private readonly byte[] starts = new byte[MaxLabels + 1];
    private readonly ulong[] hashes = new ulong[MaxLabels + 1];

    /// <summary>How many labels; the root has none.</summary>
    public int LabelCount { get; private set; }

    /// <summary>Octets of the whole name; 0 before the first name.</summary>
    public int Length { get; private set; }

    /// <summary>The whole name in lower case.</summary>
    public ReadOnlySpan<byte> Lower => lower.AsSpan(0, Length);

    /// <summary>Where label <paramref name="label"/> starts, counted from the left; the label after the last is the root.</summary>
    public int Start(int label) => starts[label];

    /// <summary>The hash of the name that starts with label <paramref name="label"/>.</summary>
    public ulong Hash(int label) => hashes[label];

    /// <summary>The lower-case octets from label <paramref name="from"/> up to, not including, label <paramref name="to"/>.</summary>
    public ReadOnlySpan<byte> Between(int from, int to) => lower.AsSpan(starts[from], starts[to] - starts[from]);

    /// <summary>The name "*" below label <paramref name="label"/>, up to, not including, label <paramref name="to"/>. The next call overwrites it.</summary>
    public ReadOnlySpan<byte> Wildcard(int label, int to, out ulong hash)
    {
        "\u0001*"u8.CopyTo(wildcard);
        var encloser = Between(label, to);
        encloser.CopyTo(wildcard.AsSpan(2));
        hash = NameHash.Prepend(hashes[label], WildcardLabel);
        return wildcard.AsSpan(0, 2 + encloser.Length);
    }

    /// <summary>Takes an uncompressed name that was validated.</summary>
    public NamePath Set(ReadOnlySpan<byte> name)
    {
        if (!TrySet(name))
            throw new ArgumentException("not an uncompressed name", nameof(name));
        return this;
    }

    /// <summary>Takes the name at the start of <paramref name="octets"/>, which may go on after it.</summary>
    /// <returns>False when no uncompressed name stands there; the path is then not to be used.</returns>
    public bool TrySet(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > NameOctets.MaxLength)
            octets = octets[..NameOctets.MaxLength];
        octets.CopyTo(lower);
        if (!TryFindLabels(octets.Length))
            return false;
        FoldCase();
        ComputeHashes();
        return true;
    }

    private bool TryFindLabels(int available)
    {
        var octets = lower.AsSpan(0, available);
        var (at, labels) = (0, 0);
        while ((uint)at < (uint)octets.Length)
        {
            int label = octets[at];
            starts[labels] = (byte)at;
            if (label == 0)
            {
                (LabelCount, Length) = (labels, at + 1);
                return true;
            }
            if (label > NameOctets.MaxLabelLength)
                return false;
            at += label + 1;
            labels++;
        }
        return false;
    }

    /// <summary>Length octets are below 64, so folding whole vectors touches letters only.</summary>
    private void FoldCase()
    {
        for (var at = 0; at < Length; at += Vector256<byte>.Count)
        {
            var part = lower.AsSpan(at, Vector256<byte>.Count);
            var octets = Vector256.Create<byte>(part);
            var isUpper = Vector256.LessThan(octets - Vector256.Create((byte)'A'), Vector256.Create((byte)26));
            (octets | (isUpper & Vector256.Create((byte)0x20))).CopyTo(part);
        }
    }

    private void ComputeHashes()
    {
        var hash = NameHash.Root;
        hashes[LabelCount] = hash;
        for (var label = LabelCount - 1; label >= 0; label--)
            hashes[label] = hash = NameHash.Prepend(hash, lower.AsSpan(starts[label]));
    }
}
