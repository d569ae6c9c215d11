using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Riad.Git.Io.Files;

/// <summary>A file as memory: octets that whoever holds them may read for as long as he holds them.</summary>
/// <remarks>
/// The mapping ends when nobody can reach it any more, so that a reader is safe while the file is deleted beneath it. At most
/// 2 GiB from the offset on.
/// </remarks>
internal sealed unsafe partial class MappedFile : MemoryManager<byte>
{
    private const int MADV_DONTNEED = 4; // of a file that is only read, it forgets nothing but the mapping

    // Not read again: while this is reachable, its handle is, and with it the mapping.
    private readonly MemoryMappedViewAccessor? view;
    private readonly byte* start;
    private readonly int length;

    /// <summary>Maps a file, or from an offset on.</summary>
    /// <param name="path">Must exist.</param>
    /// <param name="offset">Where the octets begin; not beyond the end.</param>
    public MappedFile(string path, long offset = 0)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        FileLength = RandomAccess.GetLength(handle);
        length = (int)Math.Min(int.MaxValue, FileLength - offset);
        if (length == 0)
            return;
        using var mapping = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        view = mapping.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read);
        start = (byte*)view.SafeMemoryMappedViewHandle.DangerousGetHandle() + view.PointerOffset;
    }

    public long FileLength { get; }

    /// <summary>Takes the pages that were read out of this process's memory; the system still has them, and they come back when read.</summary>
    public void Forget()
    {
        if (length > 0 && OperatingSystem.IsLinux())
            _ = Advise((nint)(start - view!.PointerOffset), (nuint)(length + view.PointerOffset), MADV_DONTNEED);
    }

    public override Span<byte> GetSpan() => new(start, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex, pinnable: this);

    public override void Unpin() { }

    /// <summary>Unmaps at once; only for who knows that nobody else reads.</summary>
    protected override void Dispose(bool disposing) => view?.Dispose();

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint octets, int advice);
}
