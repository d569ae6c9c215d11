using System.Diagnostics;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Files;

/// <summary>Gives one zone's includes from a commit, and remembers what was asked for.</summary>
/// <remarks>Mutable, one owner: one for each zone that is read. The reader bounds depth, count and size.</remarks>
internal sealed class TreeIncludes(RepositoryFiles files) : IIncludes
{
    private readonly List<SourceFile> opened = [];

    /// <summary>The files that were given, each once, in the order in which they were first asked for.</summary>
    public Seq<SourceFile> Opened => opened.ToSeq();

    /// <inheritdoc/>
    public bool TryOpen(string path, out ReadOnlyMemory<byte> text, out IncludeRefusal refusal)
    {
        text = default;
        var fault = files.TryFind(System.Text.Encoding.UTF8.GetBytes(path), out var file);
        if (fault is FileFault.None)
            fault = files.TryRead(file.Blob, out text);
        refusal = RefusalOf(fault);
        if (fault is FileFault.None && !opened.Contains(file))
            opened.Add(file);
        return fault is FileFault.None;
    }

    private static IncludeRefusal RefusalOf(FileFault fault) => fault switch
    {
        FileFault.None => IncludeRefusal.None,
        FileFault.Folder => IncludeRefusal.Folder,
        FileFault.SymbolicLink => IncludeRefusal.SymbolicLink,
        FileFault.Submodule => IncludeRefusal.Submodule,
        FileFault.TooLarge => IncludeRefusal.TooLarge,
        // The reader names bad paths and key files itself, before it asks; for it there is no such file here.
        FileFault.NotFound or FileFault.BadPath or FileFault.LeavesRepository or FileFault.KeyFile => IncludeRefusal.Missing,
    };
}
