namespace Riad.Git.Io.Files;

/// <summary>Every change that a repository makes on disk goes through here, so that a test can lose power between any two.</summary>
internal interface IFileSystem
{
    /// <summary>Creates a file that must not exist; an <see cref="IOException"/> when it does.</summary>
    IWritableFile Create(string path);

    /// <summary>Creates a file that must not exist, and holds it: nobody else, in whatever process, can open it until it is closed.</summary>
    IWritableFile CreateHeld(string path);

    /// <summary>Replaces a file whole: whenever the power fails, the old one is there or the new one. On disk when it returns.</summary>
    void Replace(string path, ReadOnlySpan<byte> octets)
    {
        var next = path + ".new";
        Delete(next);
        using (var file = Create(next))
        {
            file.Append(octets);
            file.Sync();
        }
        Rename(next, path);
        SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Renames a file over whatever file has the new name.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file; nothing happens when there is none.</summary>
    void Delete(string path);

    /// <summary>Creates a folder and those above it.</summary>
    void CreateDirectory(string path);

    /// <summary>Deletes a folder with everything in it; nothing happens when there is none.</summary>
    void DeleteDirectory(string path);

    /// <summary>Deletes a folder if it is empty.</summary>
    bool TryDeleteEmptyDirectory(string path);

    /// <summary>Makes the names in a folder durable.</summary>
    void SyncDirectory(string path);

    /// <summary>Makes the content of several files durable; in which order is not said.</summary>
    void Sync(IReadOnlyList<IWritableFile> written)
    {
        foreach (var file in written)
            file.Sync();
    }

    /// <summary>Makes the names in several folders durable; in which order is not said.</summary>
    void SyncDirectories(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
            SyncDirectory(path);
    }

    /// <summary>Sets the modification time to now, so that a garbage collector takes what the file holds for recent.</summary>
    bool TryTouch(string path);
}

/// <summary>A file that is being written.</summary>
internal interface IWritableFile : IDisposable
{
    /// <summary>Appends octets.</summary>
    void Append(ReadOnlySpan<byte> octets);

    /// <summary>Writes octets over earlier ones.</summary>
    void Overwrite(long offset, ReadOnlySpan<byte> octets);

    /// <summary>Makes the content durable.</summary>
    void Sync();
}
