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
    private readonly Lock gate = new();
    private ImmutableArray<(string Path, ObjectId Id)> files = [];
    private KeyTree tree = KeyTree.Empty;
    private KeyRing ring = KeyRing.Combine(given?.Current ?? TsigKeys.None, []);

    /// <summary>The keys that are known now.</summary>
    public TsigKeys Current => Volatile.Read(ref ring).Keys;

    /// <summary>What they may do now.</summary>
    public Rights Rights => policy is null ? Rights.ByKeyNames : new(policy.Current);

    /// <summary>What is wrong with _keys files, one sentence each; never a secret.</summary>
    public ImmutableArray<string> Troubles => [.. Volatile.Read(ref tree).Unread, .. Volatile.Read(ref ring).Warnings.Select(warning => warning.ToString())];

    /// <summary>Takes up the _keys files of what is served.</summary>
    /// <returns>True when the keys may be others than before.</returns>
    public bool Follow(ServedState state)
    {
        lock (gate)
        {
            ImmutableArray<(string, ObjectId)> next = [.. state.Tree.Entries.OfType<ZoneTreeEntry.KeyFile>().Select(file => (file.Path, file.Id))];
            if (next.SequenceEqual(files))
                return false;
            files = next;
            Volatile.Write(ref tree, KeyTree.Read(store, files, allowSha1));
            Combine();
            return true;
        }
    }

    /// <summary>What is wrong with the _keys files of a commit that is not served, one sentence each.</summary>
    /// <param name="objects">The repository with the objects of the commit.</param>
    /// <param name="commit">Any.</param>
    public ImmutableArray<string> TroublesOf(IObjectStore objects, ObjectId commit) => KeyTree.OfCommit(objects, commit, allowSha1).Troubles(given?.Current ?? TsigKeys.None);

    /// <summary>Takes up the file of <c>--keys</c> after it changed.</summary>
    public void Reload()
    {
        lock (gate)
            Combine();
    }

    private void Combine() => Volatile.Write(ref ring, KeyRing.Combine(given?.Current ?? TsigKeys.None, tree.Files));
}
