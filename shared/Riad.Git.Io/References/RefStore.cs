using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Io.References;

/// <summary>Reads the refs of a repository. Every call looks at the disk: another process may have changed them.</summary>
internal sealed class RefStore(string gitFolder)
{
    private const string SymbolicPrefix = "ref:";
    private const int DeepestSymbolic = 5;

    public string PackedPath { get; } = Path.Combine(gitFolder, "packed-refs");

    public string PathOf(string name) => Path.Combine(gitFolder, name);

    /// <summary>What HEAD names: a branch, which may be unborn or damaged, or a commit itself.</summary>
    public (string? Target, ObjectId Id) ReadHead()
    {
        var target = ReadLoose("HEAD", out var id);
        if (target is null)
            return (null, id);
        try
        {
            _ = TryRead(target, out id);
        }
        catch (RepositoryDamagedException)
        {
            // As in the list of refs: the others can be had, and who asks for this one is told.
            id = default;
        }
        return (target, id);
    }

    /// <summary>Reads a ref, following symbolic ones.</summary>
    /// <exception cref="RepositoryDamagedException">Its file holds no id, or cannot be read. What is packed may be older, so it does not count then.</exception>
    public bool TryRead(string name, out ObjectId id)
    {
        for (var depth = 0; depth < DeepestSymbolic; depth++)
        {
            var target = ReadLoose(name, out id);
            if (target is null)
                return !id.IsZero || TryReadPacked(name, out id);
            name = target;
        }
        id = default;
        return false;
    }

    /// <summary>True when the ref only names another ref.</summary>
    public bool IsSymbolic(string name) => ReadLoose(name, out _) is not null;

    /// <summary>All refs below <c>refs/</c>, in octet order of their names.</summary>
    public ImmutableArray<Ref> List()
    {
        // Loose before packed: packing writes the packed file first and deletes the loose one then, so none is missed.
        var found = new SortedDictionary<string, ObjectId>(StringComparer.Ordinal);
        var damaged = new HashSet<string>(StringComparer.Ordinal);
        var root = Path.Combine(gitFolder, "refs");
        foreach (var path in ListFiles(root))
        {
            var name = "refs/" + Path.GetRelativePath(root, path).Replace('\\', '/');
            if (name.EndsWith(".lock", StringComparison.Ordinal) || !RefName.IsValid(name))
                continue;
            try
            {
                if (TryRead(name, out var id))
                    found[name] = id;
            }
            catch (RepositoryDamagedException)
            {
                // Left out as in git's own listing, so that the others can be had. Who asks for this one is told.
                _ = damaged.Add(name);
            }
        }
        foreach (var (name, packed) in PackedRefs.Read(PackedPath))
        {
            // A loose one that came since the first look wins over what the packed file says of it.
            if (!found.ContainsKey(name) && !damaged.Contains(name))
                found[name] = TryRead(name, out var id) ? id : packed.Id;
        }
        return [.. found.Select(pair => new Ref(pair.Key, pair.Value))];
    }

    private bool TryReadPacked(string name, out ObjectId id)
    {
        var found = PackedRefs.Read(PackedPath).TryGetValue(name, out var packed);
        id = packed.Id;
        return found;
    }

    /// <summary>Reads a file of its own.</summary>
    /// <returns>The ref that it names, or null when it names an object or does not exist.</returns>
    private string? ReadLoose(string name, out ObjectId id)
    {
        id = default;
        var path = PathOf(name);
        if (ReadText(path) is not { } text)
            return null;
        if (text.StartsWith(SymbolicPrefix, StringComparison.Ordinal))
            return text[SymbolicPrefix.Length..].Trim();
        return ObjectId.TryParse(text.AsSpan().TrimEnd(), out id) && !id.IsZero
            ? null
            : throw new RepositoryDamagedException($"{path} is damaged: it holds no object id; delete this file and set the ref anew with 'git update-ref'");
    }

    private static string? ReadText(string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return File.ReadAllText(path);
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A folder of that name is not readable as a file, which .NET reports as access denied.
                if (Directory.Exists(path))
                    return null;
                // Or it was a folder, and is gone since.
                if (attempt > 0)
                    throw new RepositoryDamagedException($"{path} cannot be read ({error.Message.TrimEnd('.')})");
            }
        }
    }

    private static string[] ListFiles(string folder)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
            }
            catch (DirectoryNotFoundException) when (attempt < 10 && Directory.Exists(folder))
            {
                // A folder was removed by another process while it was listed.
            }
        }
    }
}
