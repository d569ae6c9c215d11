using Riad.Git.Objects;

namespace Riad.Git.Io.Storage;

/// <summary>Unpacked bases of deltas, since whoever reads one version of a file reads the next one soon.</summary>
/// <remarks>Two halves: when the young one is full, the old one is forgotten and they change places.</remarks>
internal sealed class ContentCache(long capacityOctets = 32 * 1024 * 1024)
{
    private readonly Lock access = new();
    private Dictionary<(PackFile, long), (ObjectKind Kind, ReadOnlyMemory<byte> Content)> young = [];
    private Dictionary<(PackFile, long), (ObjectKind Kind, ReadOnlyMemory<byte> Content)> old = [];
    private long youngOctets;

    public bool TryGet(PackFile pack, long offset, out ObjectKind kind, out ReadOnlyMemory<byte> content)
    {
        lock (access)
        {
            var found = young.TryGetValue((pack, offset), out var entry) || old.TryGetValue((pack, offset), out entry);
            (kind, content) = entry;
            return found;
        }
    }

    public void Add(PackFile pack, long offset, ObjectKind kind, ReadOnlyMemory<byte> content)
    {
        if (content.Length > capacityOctets / 8)
            return;
        lock (access)
        {
            if (!young.TryAdd((pack, offset), (kind, content)))
                return;
            youngOctets += content.Length;
            if (youngOctets <= capacityOctets / 2)
                return;
            (old, young) = (young, old);
            young.Clear();
            youngOctets = 0;
        }
    }

    public void Clear()
    {
        lock (access)
        {
            young.Clear();
            old.Clear();
            youngOctets = 0;
        }
    }
}
