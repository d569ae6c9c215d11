using Riad.Git.Io.Files;

namespace Riad.Git.Io;

/// <summary>Keeps objects that no ref names yet from being collected. Dispose it when the refs are updated.</summary>
/// <remarks>It is a <c>.keep</c> file beside the pack, which every git respects.</remarks>
public sealed class PackHold : IDisposable
{
    private readonly IFileSystem? files;
    private readonly string? keepPath;

    internal PackHold(IFileSystem? files, string? keepPath) => (this.files, this.keepPath) = (files, keepPath);

    /// <summary>Nothing is held, since nothing was new.</summary>
    internal static PackHold Nothing { get; } = new(null, null);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (keepPath is not null)
            files?.Delete(keepPath);
    }
}
