using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Riad.Git.Io.Files;

/// <summary>The file system of the host.</summary>
internal sealed partial class DiskFileSystem : IFileSystem
{
    public static readonly DiskFileSystem Instance = new();

    private DiskFileSystem() { }

    public IWritableFile Create(string path) => DiskFull.Guard(() => new DiskFile(path));

    public void Rename(string from, string to) => DiskFull.Guard(() => File.Move(from, to, overwrite: true));

    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Its folder is gone too.
        }
    }

    public void CreateDirectory(string path) => DiskFull.Guard(() => Directory.CreateDirectory(path));

    public void DeleteDirectory(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody was faster.
        }
    }

    public bool TryDeleteEmptyDirectory(string path)
    {
        try
        {
            Directory.Delete(path, recursive: false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void SyncDirectory(string path)
    {
        // .NET opens no folders. On other systems than these a folder cannot be synced, and need not be.
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return;
        var descriptor = Open(path, 0);
        if (descriptor < 0)
            throw new IOException($"{path} cannot be opened (error {Marshal.GetLastPInvokeError()})");
        var result = FSync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
            throw new IOException($"{path} cannot be made durable (error {error})");
    }

    public void Sync(IReadOnlyList<IWritableFile> written) => TogetherForEach(written, static file => file.Sync());

    public void SyncDirectories(IReadOnlyList<string> paths) => TogetherForEach(paths, SyncDirectory);

    /// <summary>A disk that is asked for several things at once does them in little more than the time of one.</summary>
    private static void TogetherForEach<T>(IReadOnlyList<T> items, Action<T> act)
    {
        var others = items.Skip(1).Select(item => Task.Run(() => act(item))).ToArray();
        try
        {
            if (items.Count > 0)
                act(items[0]);
        }
        finally
        {
            foreach (var other in others)
                ((IAsyncResult)other).AsyncWaitHandle.WaitOne();
        }
        foreach (var other in others)
            other.GetAwaiter().GetResult();
    }

    public bool TryTouch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    private sealed class DiskFile(string path) : IWritableFile
    {
        private readonly SafeFileHandle handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        private long length;

        public void Append(ReadOnlySpan<byte> octets)
        {
            Write(octets, length);
            length += octets.Length;
        }

        public void Overwrite(long offset, ReadOnlySpan<byte> octets) => Write(octets, offset);

        public void Sync() => RandomAccess.FlushToDisk(handle);

        public void Dispose() => handle.Dispose();

        private void Write(ReadOnlySpan<byte> octets, long offset)
        {
            try
            {
                RandomAccess.Write(handle, octets, offset);
            }
            catch (IOException error) when (DiskFull.Is(error))
            {
                throw new DiskFullException(error);
            }
        }
    }
}
