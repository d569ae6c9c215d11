using System.Diagnostics;
using Riad.Dns.Names;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Files;

/// <summary>What one entry of the root folder is: a closed family.</summary>
public abstract record ZoneTreeEntry
{
    private ZoneTreeEntry(string path, ObjectId id) => (Path, Id) = (path, id);

    /// <summary>Its name; octets that are not UTF-8 appear as U+FFFD, and then it is no zone.</summary>
    public string Path { get; }

    /// <summary>The blob, tree or commit.</summary>
    public ObjectId Id { get; }

    /// <summary>The path as it may be shown.</summary>
    public string PrintedPath => PathText.Print(Path);

    /// <summary>A zone.</summary>
    /// <param name="Path">Its name.</param>
    /// <param name="Id">The blob.</param>
    /// <param name="Apex">The zone's name, in the case of the file name.</param>
    public sealed record Zone(string Path, ObjectId Id, DomainName Apex) : ZoneTreeEntry(Path, Id);

    /// <summary>A part of zones that include it, and no zone itself.</summary>
    /// <param name="Path">Its name.</param>
    /// <param name="Id">The blob.</param>
    public sealed record IncludedOnly(string Path, ObjectId Id) : ZoneTreeEntry(Path, Id);

    /// <summary>Keys: never served, never shown, not even as ignored.</summary>
    /// <param name="Path">Its name.</param>
    /// <param name="Id">The blob.</param>
    public sealed record KeyFile(string Path, ObjectId Id) : ZoneTreeEntry(Path, Id);

    /// <summary>Left alone.</summary>
    /// <param name="Path">Its name.</param>
    /// <param name="Id">The blob, tree or commit.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Ignored(string Path, ObjectId Id, IgnoredReason Reason) : ZoneTreeEntry(Path, Id);

    /// <summary>Neither a zone nor to be ignored.</summary>
    /// <param name="Path">Its name.</param>
    /// <param name="Id">The blob, tree or commit.</param>
    /// <param name="Reason">What is wrong.</param>
    /// <param name="Apex">The zone that it would be; null where the name is none.</param>
    /// <param name="Other">The other file of <see cref="ZoneTreeFault.TwoFiles"/>; else null.</param>
    public sealed record Fault(string Path, ObjectId Id, ZoneTreeFault Reason, DomainName? Apex, string? Other) : ZoneTreeEntry(Path, Id);

    /// <summary>The same entry with another content.</summary>
    internal ZoneTreeEntry WithId(ObjectId id) => this switch
    {
        Zone zone => new Zone(zone.Path, id, zone.Apex),
        IncludedOnly included => new IncludedOnly(included.Path, id),
        KeyFile keys => new KeyFile(keys.Path, id),
        Ignored ignored => new Ignored(ignored.Path, id, ignored.Reason),
        Fault fault => new Fault(fault.Path, id, fault.Reason, fault.Apex, fault.Other),
        _ => throw new UnreachableException(),
    };

    /// <summary>One line for the person who pushed; empty for what needs no words.</summary>
    public string Describe() => this switch
    {
        Zone or IncludedOnly or KeyFile => "",
        Ignored ignored => $"{PrintedPath}: ignored: {ignored.Reason.Describe()}",
        Fault fault => $"{PrintedPath}: {Sentence(fault)}",
        _ => throw new UnreachableException(),
    };

    private static string Sentence(Fault fault) => fault.Reason switch
    {
        ZoneTreeFault.NotADomainName => "the part before '.zone' is not a domain name; write a non-ASCII name as its A-label (xn--...), and '/' as %2F",
        ZoneTreeFault.KeyFileAsZone => "a file of keys is named without '.zone'; nothing in it is shown here",
        ZoneTreeFault.NotAFile => "a zone must be a file; links and submodules are never followed",
        ZoneTreeFault.TwoFiles => $"is the same zone as {PathText.Print(fault.Other ?? "")}; keep one of the two files",
        ZoneTreeFault.Missing => "the repository does not hold this file's content",
        ZoneTreeFault.TooLarge => $"is larger than {RepositoryFiles.MaxFileOctets >> 20} MiB",
    };
}
