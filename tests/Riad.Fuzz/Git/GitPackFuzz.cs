using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Fuzz.Git;

/// <summary>A pack is received or refused with a sentence, within small limits.</summary>
internal sealed class GitPackFuzz : IFuzzTarget
{
    private static readonly PackLimits Limits = new() { Objects = 50, ObjectOctets = 1 << 16, TotalOctets = 1 << 18, DeltaDepth = 20, RetainedOctets = 1 << 10 };

    private readonly MemoryObjectStore store = new();

    public GitPackFuzz() => _ = store.Add(ObjectKind.Blob, "hello, hello, hello\n"u8.ToArray());

    public string Name => "git-pack";

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            foreach (var useOffsets in (bool[])[true, false])
            {
                var objects = new Source();
                var first = objects.Add(string.Concat(Enumerable.Range(0, 40).Select(host => $"host{host} A 192.0.2.{host}\n")));
                var second = objects.Add(string.Concat(Enumerable.Range(0, 40).Select(host => $"host{host} A 192.0.2.{host}\n")) + "www A 192.0.2.1\n");
                using var writer = new PackWriter(objects, new() { UseOffsets = useOffsets, EarlierVersions = new Dictionary<ObjectId, ObjectId> { [second] = first } });
                yield return [.. writer.Write([first, second]).SelectMany(piece => piece.ToArray())];
            }
        }
    }

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (PackReceiver.TryReceive(octets.ToArray(), store, Limits, out var received, out var error))
            _ = received.Objects.Sum(found => found.ContentOctets);
        else
            _ = error.ToString();
    }

    private sealed class Source : IPackSource
    {
        private readonly MemoryObjectStore objects = new();

        public ObjectId Add(string text) => objects.Add(ObjectKind.Blob, System.Text.Encoding.ASCII.GetBytes(text));

        public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content) => objects.TryRead(id, out kind, out content);

        public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets) => objects.TryReadHeader(id, out kind, out octets);

        public bool Contains(ObjectId id) => objects.Contains(id);

        public bool TryReadStored(ObjectId id, out StoredObject stored)
        {
            stored = default;
            return false;
        }
    }
}
