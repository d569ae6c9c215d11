using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Riad.Dns.Tsig;
using Riad.Dns.Tsig.Keys;
using Riad.Git.Objects;
using Riad.Host;
using Riad.ZoneRepository.Files;

namespace Riad.DnsPrimaryGit.Keys;

/// <summary>The _keys files of a commit's root folder, read.</summary>
/// <param name="Files">Those that can be read, in the order of their paths.</param>
/// <param name="Unread">One sentence for each of the others.</param>
internal sealed record KeyTree(ImmutableArray<KeyRecordFile> Files, ImmutableArray<string> Unread)
{
    /// <summary>A commit without such files.</summary>
    public static readonly KeyTree Empty = new([], []);

    private const int MaxFileOctets = 1 << 20;

    /// <summary>Reads files.</summary>
    /// <param name="store">Where their content is.</param>
    /// <param name="files">Path and blob of each.</param>
    /// <param name="allowSha1">Whether keys for HMAC-SHA1 are taken.</param>
    public static KeyTree Read(IObjectStore store, IEnumerable<(string Path, ObjectId Id)> files, bool allowSha1)
    {
        var (read, unread) = (ImmutableArray.CreateBuilder<KeyRecordFile>(), ImmutableArray.CreateBuilder<string>());
        foreach (var (path, id) in files)
        {
            if (TryRead(store, path, id, allowSha1, out var file, out var fault))
                read.Add(file);
            else
                unread.Add(fault);
        }
        return new(read.DrainToImmutable(), unread.DrainToImmutable());
    }

    /// <summary>Reads those of a commit; none where the commit or its root folder cannot be read, which others complain of.</summary>
    public static KeyTree OfCommit(IObjectStore store, ObjectId commit, bool allowSha1)
    {
        if (!store.TryRead(commit, out var kind, out var content) || kind is not ObjectKind.Commit || !Commit.TryParse(content, out var parsed, out _)
            || !store.TryRead(parsed.Tree, out kind, out content) || kind is not ObjectKind.Tree || !Tree.TryParse(content, out var root, out _))
            return Empty;
        return Read(store, root.Entries.Where(entry => ZoneFileName.IsKeyFile(entry.Name)).Select(entry => (entry.Name, entry.Id)), allowSha1);
    }

    /// <summary>What is wrong with the files, one sentence each; never a secret.</summary>
    /// <param name="given">Keys that count before those of the files.</param>
    public ImmutableArray<string> Troubles(TsigKeys given) => [.. Unread, .. KeyRing.Combine(given, Files).Warnings.Select(warning => warning.ToString())];

    private static bool TryRead(IObjectStore store, string name, ObjectId id, bool allowSha1, [NotNullWhen(true)] out KeyRecordFile? file, [NotNullWhen(false)] out string? fault)
    {
        var path = OneLine.Escape(name);
        (file, fault) = (null, null);
        if (ZoneFileName.KeyFileScope(name) is not { } scope)
            fault = $"{path}: the part before '._keys' is not a domain name; write example.org._keys, or _keys";
        else if (!store.TryReadHeader(id, out var kind, out var octets) || kind is not ObjectKind.Blob || octets > MaxFileOctets || !store.TryRead(id, out _, out var content))
            fault = $"{path}: this is no file of keys; it must be a file of at most 1 MiB";
        else
            file = KeyRecordFile.Read(path, content.Span, scope, allowSha1);
        return file is not null;
    }
}
