using System.Runtime.InteropServices;

namespace Riad.Host;

/// <summary>Replaces files whole: whenever the process or the power ends, the old file is there or the new one, and never a part or an empty one.</summary>
/// <remarks>A file of the same name with <c>.new</c> lies beside it meanwhile. One writer at a time.</remarks>
public static partial class DurableFile
{
    private const int InvalidArgument = 22; // EINVAL of fsync(2): a file system that has nothing to sync of a folder

    /// <summary>Replaces a file, or creates it; on disk when it returns.</summary>
    /// <param name="path">Its folder must exist.</param>
    /// <param name="octets">The new content.</param>
    /// <exception cref="IOException">The disk is full, or the like: the old one stays, unless only the folder could not be made durable; then it is the new one, until the power fails.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> octets) => Replace(path, octets, new FileStreamOptions());

    /// <summary>The same for what nobody but the file's owner may read.</summary>
    /// <inheritdoc cref="Replace(string, ReadOnlySpan{byte})"/>
    public static void ReplaceSecret(string path, ReadOnlySpan<byte> octets)
    {
        var options = new FileStreamOptions();
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Replace(path, octets, options);
    }

    private static void Replace(string path, ReadOnlySpan<byte> octets, FileStreamOptions options)
    {
        var full = Path.GetFullPath(path);
        var next = full + ".new";
        // Created anew, so that one that was left behind gives it no rights of its own.
        File.Delete(next);
        (options.Mode, options.Access) = (FileMode.CreateNew, FileAccess.Write);
        using (var file = new FileStream(next, options))
        {
            file.Write(octets);
            file.Flush(flushToDisk: true);
        }
        File.Move(next, full, overwrite: true);
        SyncFolder(Path.GetDirectoryName(full)!);
    }

    private static void SyncFolder(string folder)
    {
        // .NET opens no folders. On other systems than these a folder cannot be synced, and need not be.
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            throw new IOException($"{folder} cannot be opened ({Marshal.GetLastPInvokeErrorMessage()})");
        var result = Sync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0 && error != InvalidArgument)
            throw new IOException($"{folder} cannot be made durable ({Marshal.GetPInvokeErrorMessage(error)})");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
