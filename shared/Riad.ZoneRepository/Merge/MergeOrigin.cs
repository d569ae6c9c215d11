using System.Collections.Immutable;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.ZoneRepository.Files;

namespace Riad.ZoneRepository.Merge;

/// <summary>How the names and TTLs of a file are completed, the same for all versions that are merged.</summary>
/// <param name="Path">For positions.</param>
/// <param name="Name">The first origin. For a file that zones include it need not be theirs: what is merged is written relative to it again.</param>
/// <param name="AssumedTtl">For a file that takes its $TTL from the zone that includes it, a TTL that nobody writes; else null.</param>
internal sealed record MergeOrigin(string Path, DomainName Name, Ttl? AssumedTtl)
{
    private const string DynamicSuffix = ".dynamic";
    private const uint NobodysTtl = Ttl.MaxSeconds - 17;

    private static readonly DomainName Part = DomainName.TryParseAbsolute("part.invalid", out var part) ? part : DomainName.Root;

    /// <summary>Finds it from the file's path and its versions.</summary>
    public static MergeOrigin Of(string path, ImmutableArray<byte[]> versions)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name.EndsWith(DynamicSuffix, StringComparison.OrdinalIgnoreCase))
            name = name[..^DynamicSuffix.Length];
        var apex = ZoneFileName.TryParse(name, out var parsed) && !parsed.IsRoot ? parsed : Part;
        var saysAll = versions.All(version => WrittenRecords.TryRead(path, version, apex, null, out _, out _));
        return new(path, apex, saysAll ? null : new Ttl(NobodysTtl));
    }
}
