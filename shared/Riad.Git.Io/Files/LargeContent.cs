using System.Runtime.InteropServices;

namespace Riad.Git.Io.Files;

/// <summary>Gives the memory of large contents back to the system as soon as they are not needed, not only when a collector looks.</summary>
internal static unsafe partial class LargeContent
{
    /// <summary>Contents from this length on are never remembered by the cache, so whoever reads one has it for himself.</summary>
    public const int LeastOctets = 8 << 20;

    private const int MADV_DONTNEED = 4; // of memory of its own, a process reads zeros afterwards

    /// <summary>Ends the use of a content: what it held may be gone when this returns, except of a mapped file. Nothing happens to short ones.</summary>
    /// <param name="content">Read by nobody any more.</param>
    public static void Forget(ReadOnlyMemory<byte> content)
    {
        if (content.Length < LeastOctets || !OperatingSystem.IsLinux())
            return;
        if (MemoryMarshal.TryGetMemoryManager<byte, MappedFile>(content, out var file))
            file.Forget();
        if (!MemoryMarshal.TryGetArray(content, out _))
            return;
        fixed (byte* octets = content.Span)
        {
            var page = (nuint)Environment.SystemPageSize;
            var start = ((nuint)octets + page - 1) / page * page;
            var end = ((nuint)octets + (nuint)content.Length) / page * page;
            _ = Advise(start, end - start, MADV_DONTNEED);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint octets, int advice);
}
