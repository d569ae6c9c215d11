using Riad.Git.Io.Files;

namespace Riad.Git.Io.Tests.Support;

/// <summary>A disk that is full at the n-th write, creation or renaming, and from then on; or that refuses it for another reason.</summary>
internal sealed class FailingFileSystem(int writesBefore, Func<Exception>? fault = null) : IFileSystem
{
    private int left = writesBefore;

    public IWritableFile Create(string path)
    {
        Spend();
        return new FailingFile(this, DiskFileSystem.Instance.Create(path));
    }

    public IWritableFile CreateHeld(string path)
    {
        Spend();
        return new FailingFile(this, DiskFileSystem.Instance.CreateHeld(path));
    }

    public void Rename(string from, string to)
    {
        // The folder of the new name may need room.
        Spend();
        DiskFileSystem.Instance.Rename(from, to);
    }

    public void Delete(string path) => DiskFileSystem.Instance.Delete(path);

    public void CreateDirectory(string path) => DiskFileSystem.Instance.CreateDirectory(path);

    public void DeleteDirectory(string path) => DiskFileSystem.Instance.DeleteDirectory(path);

    public bool TryDeleteEmptyDirectory(string path) => DiskFileSystem.Instance.TryDeleteEmptyDirectory(path);

    public void SyncDirectory(string path) => DiskFileSystem.Instance.SyncDirectory(path);

    public bool TryTouch(string path) => DiskFileSystem.Instance.TryTouch(path);

    private void Spend()
    {
        if (left-- <= 0)
            throw fault?.Invoke() ?? new DiskFullException(new IOException("no space left on device"));
    }

    private sealed class FailingFile(FailingFileSystem disk, IWritableFile file) : IWritableFile
    {
        public void Append(ReadOnlySpan<byte> octets)
        {
            disk.Spend();
            file.Append(octets);
        }

        public void Overwrite(long offset, ReadOnlySpan<byte> octets)
        {
            disk.Spend();
            file.Overwrite(offset, octets);
        }

        public void Sync() => file.Sync();

        public void Dispose() => file.Dispose();
    }
}
