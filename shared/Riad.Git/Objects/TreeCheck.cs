namespace Riad.Git.Objects;

/// <summary>The strict form of a tree.</summary>
internal static class TreeCheck
{
    private const int LongestName = 4096;

    public static ObjectError Check(ReadOnlySpan<byte> content)
    {
        var reader = new TreeReader(content);
        var (previous, previousIsDirectory, start) = (default(Range), false, 0);
        var plainFiles = new NamesToAvoid();
        while (reader.TryNext(out var mode, out var nameRange, out var id))
        {
            var name = content[nameRange];
            var fault = CheckMode(mode, content[start]) is { } modeFault and not ObjectFault.None ? modeFault : CheckName(name, mode, id);
            if (fault is ObjectFault.None && start > 0)
                fault = CheckOrder(content[previous], previousIsDirectory, name, mode == (int)EntryMode.Directory);
            if (fault is ObjectFault.None && !plainFiles.TryAdd(content, nameRange, mode == (int)EntryMode.Directory))
                fault = ObjectFault.DuplicateEntries;
            if (fault is not ObjectFault.None)
                return new(fault, start);
            (previous, previousIsDirectory, start) = (nameRange, mode == (int)EntryMode.Directory, reader.Position);
        }
        return reader.Error;
    }

    private static ObjectFault CheckMode(int mode, byte firstDigit)
    {
        if (firstDigit == '0')
            return ObjectFault.ZeroPaddedFilemode;
        return Enum.IsDefined((EntryMode)mode) ? ObjectFault.None : ObjectFault.BadFilemode;
    }

    private static ObjectFault CheckName(ReadOnlySpan<byte> name, int mode, ObjectId id)
    {
        if (id.IsZero)
            return ObjectFault.NullSha1;
        if (name.IsEmpty)
            return ObjectFault.EmptyName;
        if (name.Contains((byte)'/'))
            return ObjectFault.FullPathname;
        if (name.SequenceEqual("."u8))
            return ObjectFault.HasDot;
        if (name.SequenceEqual(".."u8))
            return ObjectFault.HasDotdot;
        if (ForbiddenName.IsDotGit(name))
            return ObjectFault.HasDotgit;
        if (name.Length > LongestName)
            return ObjectFault.LargePathname;
        return mode == (int)EntryMode.SymbolicLink && ForbiddenName.IsGitModules(name) ? ObjectFault.GitmodulesSymlink : ObjectFault.None;
    }

    private static ObjectFault CheckOrder(ReadOnlySpan<byte> previous, bool previousIsDirectory, ReadOnlySpan<byte> name, bool isDirectory)
    {
        if (previous.SequenceEqual(name))
            return ObjectFault.DuplicateEntries;
        return TreeEntry.CompareInTree(previous, previousIsDirectory, name, isDirectory) < 0 ? ObjectFault.None : ObjectFault.TreeNotSorted;
    }

    /// <summary>
    /// Finds a folder that has the name of an earlier file although other names stand between them, as in
    /// <c>a</c>, <c>a.b</c>, <c>a/</c>. Only a file that is a prefix of what follows can still meet its folder.
    /// </summary>
    private ref struct NamesToAvoid()
    {
        private Stack<Range>? candidates;

        public bool TryAdd(ReadOnlySpan<byte> content, Range name, bool isDirectory)
        {
            while (candidates is { Count: > 0 } && !content[name].StartsWith(content[candidates.Peek()]))
                _ = candidates.Pop();
            if (isDirectory)
                return candidates is not { Count: > 0 } || !HasTwin(content, name);
            (candidates ??= []).Push(name);
            return true;
        }

        private readonly bool HasTwin(ReadOnlySpan<byte> content, Range name)
        {
            foreach (var candidate in candidates!)
            {
                if (content[candidate].SequenceEqual(content[name]))
                    return true;
            }
            return false;
        }
    }
}
