using System.Collections.Immutable;
using System.Diagnostics;
using Riad.Dns.Names;
using Riad.Git.Io;
using Riad.Git.Objects;
using Riad.ZoneRepository.Copies;

namespace Riad.DnsSecondary.Keeping;

/// <summary>The repository of what was transferred, on disk. One owner.</summary>
internal sealed class CopyStore
{
    private const string Author = SecondaryAppliance.Name;

    private ZoneCopies copies;

    private CopyStore(Repository repository, ZoneCopies copies) => (Repository, this.copies) = (repository, copies);

    /// <summary>The repository.</summary>
    public Repository Repository { get; }

    /// <summary>What was read of it at the start.</summary>
    public sealed record Contents(ImmutableArray<ZoneCopy> Copies, ImmutableArray<(DomainName Apex, string Reason)> Damaged);

    /// <summary>Reads everything that can be read.</summary>
    /// <param name="repository">As it was opened.</param>
    /// <param name="contents">What there is; zones that are damaged are named, and transferred anew.</param>
    /// <param name="error">Why the repository as a whole cannot be relied on.</param>
    /// <returns>Null when it cannot.</returns>
    public static CopyStore? TryOpen(Repository repository, out Contents contents, out CopyError error)
    {
        var (read, damaged) = (ImmutableArray.CreateBuilder<ZoneCopy>(), ImmutableArray.CreateBuilder<(DomainName, string)>());
        contents = new([], []);
        _ = repository.TryReadRef(CopyFormat.Ref, out var tip);
        if (!CopyReader.TryList(repository, tip, out var zones, out error))
            return null;
        foreach (var apex in zones)
        {
            if (TryRead(repository, tip, apex, out var reason) is { } copy)
                read.Add(copy);
            else
                damaged.Add((apex, reason));
        }
        contents = new(read.DrainToImmutable(), damaged.DrainToImmutable());
        return new(repository, ZoneCopies.Of(tip, contents.Copies));
    }

    /// <summary>Keeps changes, durable when it returns.</summary>
    /// <param name="changes">At least one; each zone at most once.</param>
    /// <param name="now">The time of the commit.</param>
    /// <returns>Zones that are too large to keep.</returns>
    /// <exception cref="IOException">Nothing was kept; the message says why.</exception>
    public ImmutableArray<DomainName> Write(IReadOnlyCollection<CopyChange> changes, DateTimeOffset now)
    {
        if (!Signature.TryCreate(Author, "", now, out var signature))
            throw new UnreachableException();
        if (!copies.TryAppend(Repository, changes, signature, out var next, out var writing, out var error))
            throw new IOException(error.ToString());
        if (!Repository.TryStore(new([.. writing.Objects], []), [new(CopyFormat.Ref, copies.Tip, next.Tip)], out var refused))
            throw new IOException(refused.Message);
        copies = next;
        return writing.TooLarge;
    }

    private static ZoneCopy? TryRead(Repository repository, ObjectId tip, DomainName apex, out string reason)
    {
        try
        {
            reason = CopyReader.TryRead(repository, tip, apex, out var copy, out var error) ? "" : error.ToString();
            return copy;
        }
        catch (IOException exception) // a pack that is damaged where this zone lies
        {
            reason = $"{CopyFormat.PathOf(apex)} cannot be read: {exception.Message.TrimEnd('.')}";
            return null;
        }
    }
}
