using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Files;

/// <summary>Gives the includes of a version that was served before, from what the journal remembers.</summary>
internal sealed class KnownIncludes(IObjectStore store, Seq<SourceFile> sources) : IIncludes
{
    /// <inheritdoc/>
    public bool TryOpen(string path, out ReadOnlyMemory<byte> text, out IncludeRefusal refusal)
    {
        text = default;
        var found = sources.Skip(1).FirstOrDefault(source => source.Path == path);
        var given = found.Path is not null && store.TryRead(found.Blob, out var kind, out text) && kind is ObjectKind.Blob;
        refusal = given ? IncludeRefusal.None : IncludeRefusal.Missing;
        return given;
    }
}
