using System.Text;
using Riad.Git.Io.Files;
using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Git.Io.Storage;

/// <summary>Brings packs into the store in an order in which a crash at any point leaves a good repository.</summary>
internal sealed class PackInstaller(ObjectFolder folder, IFileSystem files)
{
    public const string KeepMark = "riad ";

    /// <summary>How a file begins that is being written. Not as git's own do: 'git gc --prune=now' would take it away.</summary>
    public const string TemporaryPrefix = "riad_tmp_";

    /// <summary>Writes a pack of our own into the store, durable when it returns, and holds it.</summary>
    /// <param name="writer">Writes the pack.</param>
    /// <param name="ids">What goes into it.</param>
    /// <param name="into">The folder.</param>
    /// <param name="alongside">Files that are made durable at the same time.</param>
    /// <param name="cancellation">Stops in the middle.</param>
    public PackHold WriteHeld(PackWriter writer, IReadOnlyCollection<ObjectId> ids, string into, IReadOnlyList<IWritableFile> alongside, CancellationToken cancellation = default)
    {
        PackHold? hold = null;
        var temporary = Path.Combine(into, $"{TemporaryPrefix}{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}");
        var temporaryIndex = IndexBeside(temporary);
        try
        {
            using (var pack = files.Create(temporary))
            {
                foreach (var piece in writer.Write(ids))
                {
                    cancellation.ThrowIfCancellationRequested();
                    pack.Append(piece.Span);
                }
                using var index = files.Create(temporaryIndex);
                index.Append(PackIndexWriter.Write([.. writer.Entries], writer.Checksum));
                // Before the pack gets its name, so that no repack drops it while no ref names its objects.
                hold = Hold(Path.Combine(into, $"pack-{writer.Checksum}"), keep => files.Sync([pack, index, .. keep, .. alongside]));
            }
            var stem = Path.Combine(into, $"pack-{writer.Checksum}");
            files.Rename(temporary, stem + ".pack");
            files.Rename(temporaryIndex, stem + ".idx");
            files.SyncDirectory(into);
            _ = folder.Rescan();
            return hold;
        }
        catch
        {
            files.Delete(temporary);
            files.Delete(temporaryIndex);
            hold?.Dispose();
            throw;
        }
    }

    /// <summary>Writes the index of a pack that is durable already, and gives both their names.</summary>
    public string AddIndex(string packPath, PackIndexEntry[] entries, ObjectId checksum, string into)
    {
        var stem = Path.Combine(into, $"pack-{checksum}");
        var temporary = IndexBeside(packPath);
        try
        {
            using (var file = files.Create(temporary))
            {
                file.Append(PackIndexWriter.Write(entries, checksum));
                file.Sync();
            }
            files.Rename(packPath, stem + ".pack");
            files.Rename(temporary, stem + ".idx");
            return stem;
        }
        catch
        {
            files.Delete(temporary);
            throw;
        }
    }

    /// <summary>Moves a pack that was received into the store, durable when it returns, and holds it.</summary>
    public PackHold Install(string stem)
    {
        var final = Path.Combine(folder.PackFolder, Path.GetFileName(stem));
        files.CreateDirectory(folder.PackFolder);
        // Before the pack can be seen, so that no repack drops it while no ref names its objects.
        var hold = Hold(final, files.Sync);
        try
        {
            files.Rename(stem + ".pack", final + ".pack");
            files.Rename(stem + ".idx", final + ".idx");
            files.SyncDirectory(folder.PackFolder);
            _ = folder.Rescan();
            return hold;
        }
        catch
        {
            // Without its index it is not a pack yet; with one, it was here before, and others may rely on it.
            if (!File.Exists(final + ".idx"))
                files.Delete(final + ".pack");
            hold.Dispose();
            throw;
        }
    }

    // Not ending in .idx: git gc removes an index without its pack.
    private static string IndexBeside(string packPath) => packPath + "_index";

    /// <summary>Holds a pack that has not got its name yet.</summary>
    /// <param name="stem">Its name without extension.</param>
    /// <param name="makeDurable">Given the file that holds it, if there is none of somebody else: empty after a power loss, it would hold the pack for ever.</param>
    private PackHold Hold(string stem, Action<IReadOnlyList<IWritableFile>> makeDurable)
    {
        var keep = stem + ".keep";
        if (File.Exists(keep))
        {
            makeDurable([]);
            return PackHold.Nothing;
        }
        var hold = new PackHold(files, keep);
        try
        {
            using var file = files.Create(keep);
            file.Append(Encoding.ASCII.GetBytes($"{KeepMark}{Environment.ProcessId}\n"));
            makeDurable([file]);
            return hold;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }
}
