namespace Riad.Git.Io.Tests.Http;

/// <summary>A folder that the test deletes at its end.</summary>
internal sealed class ScratchFolder
{
    public string Path { get; } = Directory.CreateTempSubdirectory("riad-git-http-").FullName;

    /// <summary>A git client in a new folder.</summary>
    public GitClient Client(string name) => new(Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName);

    public void Delete()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A git that was ended may still hold a file; the system cleans up its folder for temporary files.
        }
    }
}
