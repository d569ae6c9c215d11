using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Riad.Git.Io.Files;

/// <summary>The file system of the host.</summary>
internal sealed partial class DiskFileSystem : IFileSystem
{
    public static readonly DiskFileSystem Instance = new();

    private DiskFileSystem() { }

    public IWritableFile Create(string path) => DiskFull.Guard(() => new DiskFile(path, FileShare.ReadWrite | FileShare.Delete));

    // The system's own lock (flock), which ends with the process.
    public IWritableFile CreateHeld(string path) => DiskFull.Guard(() => new DiskFile(path, FileShare.None));

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
    /// <remarks>
    /// The caller does whatever nobody else has begun: while all threads of the pool are busy, or wait themselves, it does not
    /// wait for one more of them, which the pool makes only twice a second.
    /// </remarks>
    private static void TogetherForEach<T>(IReadOnlyList<T> items, Action<T> act)
    {
        if (items.Count == 0)
            return;
        var next = 0;
        var faults = new ConcurrentQueue<Exception>();
        using var done = new CountdownEvent(items.Count);
        for (var helper = 1; helper < items.Count; helper++)
            ThreadPool.UnsafeQueueUserWorkItem(static take => take(), TakeAll, preferLocal: false);
        TakeAll();
        done.Wait();
        if (faults.TryDequeue(out var fault))
            ExceptionDispatchInfo.Throw(fault);

        void TakeAll()
        {
            // The last signal may end the event, so nothing of it is touched unless an item was taken.
            while (Interlocked.Increment(ref next) is var place && place <= items.Count)
            {
                try
                {
                    act(items[place - 1]);
                }
                catch (Exception error)
                {
                    faults.Enqueue(error);
                }
                done.Signal();
            }
        }
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

    private sealed class DiskFile(string path, FileShare share) : IWritableFile
    {
        private readonly SafeFileHandle handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, share);
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
