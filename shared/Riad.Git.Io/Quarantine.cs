using System.Buffers.Binary;
using System.Collections.Immutable;
using Riad.Git.History;
using Riad.Git.Io.Files;
using Riad.Git.Io.Storage;
using Riad.Git.Objects;
using Riad.Git.Packs;

namespace Riad.Git.Io;

/// <summary>Objects that came with a push, apart from the repository until they are found good.</summary>
/// <remarks>
/// Use: <see cref="ReceiveAsync"/>, look at the objects, <see cref="TryCheckConnected"/>, <see cref="Promote"/>, update the refs,
/// dispose. One owner. Without <see cref="Promote"/> nothing stays. Contents that were read here are not to be used after it.
/// </remarks>
public sealed class Quarantine : IPackSource, IDisposable
{
    private const int BufferOctets = 1 << 17;

    private readonly Repository repository;
    private readonly PackLimits limits;
    private readonly long packOctets;
    private readonly string folder;
    private PackFile? pack;
    private IReadOnlyDictionary<ObjectId, KeptContent> kept = ImmutableDictionary<ObjectId, KeptContent>.Empty;
    private string? stem;
    private PackHold? hold;

    internal Quarantine(Repository repository, PackLimits limits, long packOctets)
    {
        (this.repository, this.limits, this.packOctets) = (repository, limits, packOctets);
        folder = Path.Combine(repository.ObjectsFolder, Repository.NewQuarantineName());
    }

    private IFileSystem Files => repository.Files;

    /// <summary>What was received, in the order of the pack. Empty before.</summary>
    public ImmutableArray<ReceivedObject> Received { get; private set; } = [];

    /// <summary>Reads a pack to its end, onto the disk and not into memory, and checks every object of it.</summary>
    /// <param name="octets">The pack and nothing after it.</param>
    /// <param name="cancellation">Stops reading; the quarantine is then to be disposed.</param>
    /// <returns><see cref="PackFault.None"/>, or why the pack is refused. A collision is worth a line in the log.</returns>
    /// <exception cref="DiskFullException">There is no room for the pack.</exception>
    public async Task<PackError> ReceiveAsync(Stream octets, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(octets);
        Files.CreateDirectory(folder);
        var path = Path.Combine(folder, "tmp_pack_incoming");
        try
        {
            using var file = Files.Create(path);
            var error = await CopyAsync(octets, file, cancellation);
            return error.Fault is PackFault.None ? Accept(path, file) : error;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException("what was received has been removed by somebody else; push again", error);
        }
    }

    /// <summary>Checks that everything which new ref values need is here or in the repository.</summary>
    /// <param name="tips">The new values of refs.</param>
    /// <param name="objectLimit">How many objects are looked at before the push is refused.</param>
    /// <param name="missing">The first object that is missing, or the zero id when the limit was reached.</param>
    public bool TryCheckConnected(IReadOnlyCollection<ObjectId> tips, int objectLimit, out ObjectId missing) =>
        Connectivity.TryCheck(this, tips, repository.ReadRefs().Select(known => known.Id), objectLimit, out missing);

    /// <summary>Moves what was received into the repository, durable when it returns; update the refs next.</summary>
    /// <param name="nextOctets">How much the caller is going to write after it.</param>
    /// <exception cref="DiskFullException">There is no room for what comes next; nothing was moved.</exception>
    public void Promote(long nextOctets = 0)
    {
        if (stem is null || pack is null)
            return;
        // Objects that have moved stay, so what is still to be written, refs above all, must not find the disk full.
        repository.EnsureRoom(Path.Combine(folder, "room"), nextOctets);
        var source = stem;
        stem = null;
        hold = repository.Installer.Install(source);
        _ = Files.TryDeleteEmptyDirectory(folder);
    }

    /// <summary>Ends the quarantine. What was not promoted is removed; what was is left to its refs.</summary>
    public void Dispose()
    {
        hold?.Dispose();
        hold = null;
        foreach (var content in kept.Values)
            LargeContent.Forget(content.Content);
        kept = ImmutableDictionary<ObjectId, KeptContent>.Empty;
        Files.DeleteDirectory(folder);
    }

    /// <inheritdoc/>
    public bool TryRead(ObjectId id, out ObjectKind kind, out ReadOnlyMemory<byte> content)
    {
        (kind, content) = (default, default);
        if (kept.TryGetValue(id, out var unpacked))
        {
            (kind, content) = unpacked;
            return true;
        }
        return (pack?.TryRead(id, out kind, out content) ?? false) || repository.TryRead(id, out kind, out content);
    }

    /// <inheritdoc/>
    public bool TryReadHeader(ObjectId id, out ObjectKind kind, out long octets)
    {
        (kind, octets) = (default, 0);
        return (pack?.TryReadHeader(id, out kind, out octets) ?? false) || repository.TryReadHeader(id, out kind, out octets);
    }

    /// <inheritdoc/>
    public bool TryReadStored(ObjectId id, out StoredObject stored)
    {
        stored = default;
        return (pack?.TryReadStored(id, out stored) ?? false) || repository.TryReadStored(id, out stored);
    }

    /// <inheritdoc/>
    public bool Contains(ObjectId id) => (pack?.Index.TryFind(id, out _) ?? false) || repository.Contains(id);

    private async Task<PackError> CopyAsync(Stream octets, IWritableFile file, CancellationToken cancellation)
    {
        var buffer = new byte[BufferOctets];
        var length = 0L;
        while (await octets.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            length += read;
            // The trailer of a completed pack must fit into an int as well.
            if (length > Math.Min(packOctets, int.MaxValue - ObjectId.OctetCount))
                return new(PackFault.TooMuchContent, length);
            file.Append(buffer.AsSpan(0, read));
        }
        return default;
    }

    private PackError Accept(string path, IWritableFile file)
    {
        var mapped = new MappedFile(path);
        if (!PackReceiver.TryReceive(mapped.Memory, repository.Database.Known, limits, out var received, out var error))
            return error;
        mapped.Forget();
        kept = received.Kept;
        if (received.Objects.IsEmpty)
            return default;
        var entries = received.Objects.Select(found => new PackIndexEntry(found.Id, found.Offset, found.Checksum)).ToList();
        var checksum = received.Checksum;
        if (!received.MissingBases.IsEmpty)
            checksum = Complete(path, file, mapped.FileLength, received, entries);
        file.Sync();
        stem = repository.Installer.AddIndex(path, [.. entries], checksum, folder);
        if (!PackFile.TryOpen(stem + ".pack", new(), out pack))
            throw new IOException($"{stem}.pack vanished while it was received");
        Received = received.Objects;
        return default;
    }

    /// <summary>Adds the bases that a thin pack lacks, so that it can stand alone, copying them as they lie where possible.</summary>
    private ObjectId Complete(string path, IWritableFile file, long length, ReceivedPack received, List<PackIndexEntry> entries)
    {
        var bases = new ThinPackBases(this, received).Collect();
        var offset = length - ObjectId.OctetCount;
        using var hash = new ObjectHash();
        // The hash covers the header with the new count, so it starts over.
        var header = new byte[PackReceiver.HeaderOctets];
        using (var begun = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferOctets))
        {
            begun.ReadExactly(header);
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), entries.Count + bases.Count);
            hash.Append(header);
            Hash(begun, offset - header.Length, hash);
        }
        file.Overwrite(8, header.AsSpan(8));
        foreach (var (id, piece) in bases)
        {
            file.Overwrite(offset, piece.Span);
            hash.Append(piece.Span);
            entries.Add(new(id, offset, PackChecksum.Of(piece.Span)));
            offset += piece.Length;
            LargeContent.Forget(piece);
        }
        var checksum = hash.Finish();
        var trailer = new byte[ObjectId.OctetCount];
        checksum.WriteTo(trailer);
        file.Overwrite(offset, trailer);
        return checksum;
    }

    private static void Hash(FileStream stream, long octets, ObjectHash hash)
    {
        var buffer = new byte[BufferOctets];
        while (octets > 0)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(octets, buffer.Length));
            stream.ReadExactly(part);
            hash.Append(part);
            octets -= part.Length;
        }
    }
}
