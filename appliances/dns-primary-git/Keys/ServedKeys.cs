using System.Collections.Immutable;
using Riad.Dns.Server.Access;
using Riad.Dns.Tsig;
using Riad.Dns.Tsig.Keys;
using Riad.Git.Objects;
using Riad.Host;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Serving;

namespace Riad.DnsPrimaryGit.Keys;

/// <summary>The keys and rights of the moment: from the files outside of the repository, and the _keys files of the served commit.</summary>
/// <param name="store">Where the _keys files are.</param>
/// <param name="given">The keys of <c>--keys</c>; null without.</param>
/// <param name="policy">The policy of <c>--policy</c>; null without.</param>
/// <param name="allowSha1">Whether keys for HMAC-SHA1 are taken.</param>
internal sealed class ServedKeys(IObjectStore store, ReloadedFile<TsigKeys>? given, ReloadedFile<Policy>? policy, bool allowSha1)
{
    private const int MaxFileOctets = 1 << 20;

    private readonly Lock gate = new();
    private ImmutableArray<(string Path, ObjectId Id)> files = [];
    private ImmutableArray<KeyRecordFile> read = [];
    private ImmutableArray<string> unread = [];
    private KeyRing ring = KeyRing.Combine(given?.Current ?? TsigKeys.None, []);

    /// <summary>The keys that are known now.</summary>
    public TsigKeys Current => Volatile.Read(ref ring).Keys;

    /// <summary>What they may do now.</summary>
    public Rights Rights => policy is null ? Rights.ByKeyNames : new(policy.Current);

    /// <summary>What is wrong with _keys files, one sentence each; never a secret.</summary>
    public ImmutableArray<string> Troubles => [.. unread, .. Volatile.Read(ref ring).Warnings.Select(warning => warning.ToString())];

    /// <summary>Takes up the _keys files of what is served.</summary>
    /// <returns>True when the keys may be others than before.</returns>
    public bool Follow(ServedState state)
    {
        lock (gate)
        {
            ImmutableArray<(string, ObjectId)> next = [.. state.Tree.Entries.OfType<ZoneTreeEntry.KeyFile>().Select(file => (file.Path, file.Id))];
            if (next.SequenceEqual(files))
                return false;
            (files, unread) = (next, []);
            read = [.. files.Select(Read).OfType<KeyRecordFile>()];
            Combine();
            return true;
        }
    }

    /// <summary>Takes up the file of <c>--keys</c> after it changed.</summary>
    public void Reload()
    {
        lock (gate)
            Combine();
    }

    private void Combine() => Volatile.Write(ref ring, KeyRing.Combine(given?.Current ?? TsigKeys.None, read));

    private KeyRecordFile? Read((string Path, ObjectId Id) file)
    {
        var path = OneLine.Escape(file.Path);
        if (ZoneFileName.KeyFileScope(file.Path) is not { } scope)
            unread = unread.Add($"{path}: the part before '._keys' is not a domain name; write example.org._keys, or _keys");
        else if (!store.TryReadHeader(file.Id, out var kind, out var octets) || kind is not ObjectKind.Blob || octets > MaxFileOctets || !store.TryRead(file.Id, out _, out var content))
            unread = unread.Add($"{path}: this is no file of keys; it must be a file of at most 1 MiB");
        else
            return KeyRecordFile.Read(path, content.Span, scope, allowSha1);
        return null;
    }
}
