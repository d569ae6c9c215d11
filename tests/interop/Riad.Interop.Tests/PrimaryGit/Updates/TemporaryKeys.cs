namespace Riad.Interop.Tests.PrimaryGit.Updates;

/// <summary>A file of keys that is removed afterwards.</summary>
internal sealed class TemporaryKeys : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-keys-");

    public TemporaryKeys() => Path = UpdateClient.WriteKeys(folder.FullName);

    public string Path { get; }

    public void Dispose() => folder.Delete(recursive: true);
}
