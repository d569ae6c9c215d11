using Riad.Core;
using Riad.Dns.Names;
using Riad.Git.Objects;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Serials;

namespace Riad.ZoneRepository.Journals;

/// <summary>What the journal knows of a zone that was served at any time: a closed family.</summary>
public abstract record JournalZone
{
    private JournalZone(DomainName apex, LastSerial last, ObjectId commit) => (Apex, Last, Commit) = (apex, last, commit);

    /// <summary>The zone's name.</summary>
    public DomainName Apex { get; }

    /// <summary>The serials of the last version that was served.</summary>
    public LastSerial Last { get; }

    /// <summary>The commit of the last change: where the version was read, or where the zone was gone.</summary>
    public ObjectId Commit { get; }

    /// <summary>Served.</summary>
    /// <param name="Apex">The zone's name.</param>
    /// <param name="Last">The served serial, and the one in the file.</param>
    /// <param name="Commit">The commit from which the version was read.</param>
    /// <param name="Sources">The zone's file, then its includes: enough to read the version again.</param>
    public sealed record Served(DomainName Apex, LastSerial Last, ObjectId Commit, Seq<SourceFile> Sources) : JournalZone(Apex, Last, Commit);

    /// <summary>Removed since; when it comes back, it goes on from its last serial.</summary>
    /// <param name="Apex">The zone's name.</param>
    /// <param name="Last">Of the last version that was served.</param>
    /// <param name="Commit">The commit in which the zone was gone.</param>
    public sealed record Removed(DomainName Apex, LastSerial Last, ObjectId Commit) : JournalZone(Apex, Last, Commit);
}
