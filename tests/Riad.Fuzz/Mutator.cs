namespace Riad.Fuzz;

/// <summary>Changes octets a little, reproducibly: the same seed gives the same inputs.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly byte[] Interesting = [0, 1, 0x3f, 0x40, 0x7f, 0x80, 0xc0, 0xff, (byte)'"', (byte)'\\', (byte)'(', (byte)'\n'];

    private readonly Random random = new(seed);

    /// <summary>A mutation of one seed, at times spliced with another.</summary>
    public byte[] Next(IReadOnlyList<byte[]> seeds)
    {
        var octets = seeds[random.Next(seeds.Count)].ToList();
        for (var changes = random.Next(1, 8); changes > 0; changes--)
            Change(octets, seeds);
        return [.. octets];
    }

    private void Change(List<byte> octets, IReadOnlyList<byte[]> seeds)
    {
        var at = random.Next(octets.Count + 1);
        switch (random.Next(7))
        {
            case 0 when at < octets.Count:
                octets[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < octets.Count:
                octets[at] = Interesting[random.Next(Interesting.Length)];
                break;
            case 2 when at < octets.Count:
                octets.RemoveRange(at, random.Next(1, Math.Min(9, octets.Count - at + 1)));
                break;
            case 3:
                octets.Insert(at, (byte)random.Next(256));
                break;
            case 4 when at < octets.Count:
                octets.InsertRange(at, octets.GetRange(at, random.Next(1, Math.Min(17, octets.Count - at + 1))));
                break;
            case 5:
                octets.RemoveRange(at, octets.Count - at);
                break;
            default:
                var other = seeds[random.Next(seeds.Count)];
                var from = random.Next(other.Length + 1);
                octets.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(32), other.Length - from)).ToArray());
                break;
        }
    }
}
