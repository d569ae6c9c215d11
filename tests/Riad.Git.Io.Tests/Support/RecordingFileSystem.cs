using Riad.Git.Io.Files;

namespace Riad.Git.Io.Tests.Support;

/// <summary>Does everything on the real disk and writes down what was done, so that a power loss at any moment can be played.</summary>
internal sealed class RecordingFileSystem : IFileSystem
{
    private readonly string root;
    private readonly List<Action<Model>> operations = [];
    private readonly Model start = new();

    public RecordingFileSystem(string root)
    {
        this.root = root;
        foreach (var folder in Directory.GetDirectories(root, "*", SearchOption.AllDirectories))
            start.Folders[Name(folder)] = true;
        foreach (var file in Directory.GetFiles(root, "*", SearchOption.AllDirectories))
            start.Files[Name(file)] = new() { Content = [.. File.ReadAllBytes(file)], Durable = File.ReadAllBytes(file) };
        start.SyncAll();
    }

    /// <summary>How many operations were done.</summary>
    public int Count => operations.Count;

    /// <summary>Lays out what a disk holds when the power fails after so many operations.</summary>
    /// <param name="count">After how many.</param>
    /// <param name="namesSurvive">Whether names that were not synced survive, with content that was not synced gone; else everything unsynced is gone.</param>
    /// <param name="target">An empty folder.</param>
    public void PlayPowerLoss(int count, bool namesSurvive, string target)
    {
        var model = start.Copy();
        foreach (var operation in operations.Take(count))
            operation(model);
        model.Write(namesSurvive, target);
    }

    public IWritableFile Create(string path) => Record(path, DiskFileSystem.Instance.Create(path));

    public IWritableFile CreateHeld(string path) => Record(path, DiskFileSystem.Instance.CreateHeld(path));

    private RecordedFile Record(string path, IWritableFile file)
    {
        var (name, inode) = (Name(path), operations.Count);
        Do(model => model.Files[name] = model.Inodes[inode] = new());
        return new RecordedFile(this, file, inode);
    }

    public void Rename(string from, string to)
    {
        DiskFileSystem.Instance.Rename(from, to);
        var (old, now) = (Name(from), Name(to));
        Do(model =>
        {
            model.Files[now] = model.Files[old];
            model.Files.Remove(old);
        });
    }

    public void Delete(string path)
    {
        DiskFileSystem.Instance.Delete(path);
        var name = Name(path);
        Do(model => model.Files.Remove(name));
    }

    public void CreateDirectory(string path)
    {
        DiskFileSystem.Instance.CreateDirectory(path);
        var name = Name(path);
        Do(model =>
        {
            for (var part = name; part.Length > 0; part = Path.GetDirectoryName(part)!)
                model.Folders[part] = true;
        });
    }

    public void DeleteDirectory(string path)
    {
        DiskFileSystem.Instance.DeleteDirectory(path);
        var name = Name(path);
        Do(model =>
        {
            model.Folders.Remove(name);
            foreach (var inner in model.Files.Keys.Where(file => file.StartsWith(name + "/", StringComparison.Ordinal)).ToArray())
                model.Files.Remove(inner);
        });
    }

    public bool TryDeleteEmptyDirectory(string path)
    {
        var deleted = DiskFileSystem.Instance.TryDeleteEmptyDirectory(path);
        var name = Name(path);
        Do(model => _ = deleted && model.Folders.Remove(name));
        return deleted;
    }

    public void SyncDirectory(string path)
    {
        DiskFileSystem.Instance.SyncDirectory(path);
        var name = Name(path);
        Do(model => model.Sync(name));
    }

    public bool TryTouch(string path) => DiskFileSystem.Instance.TryTouch(path);

    private string Name(string path) => Path.GetRelativePath(root, path) is var name && string.Equals(name, ".", StringComparison.Ordinal) ? "" : name;

    private void Do(Action<Model> operation) => operations.Add(operation);

    private sealed class RecordedFile(RecordingFileSystem recording, IWritableFile file, int inode) : IWritableFile
    {
        public void Append(ReadOnlySpan<byte> octets)
        {
            file.Append(octets);
            var copy = octets.ToArray();
            recording.Do(model => model.Inodes[inode].Content.AddRange(copy));
        }

        public void Overwrite(long offset, ReadOnlySpan<byte> octets)
        {
            file.Overwrite(offset, octets);
            var copy = octets.ToArray();
            recording.Do(model =>
            {
                var content = model.Inodes[inode].Content;
                for (var index = 0; index < copy.Length; index++)
                {
                    if (offset + index < content.Count)
                        content[(int)offset + index] = copy[index];
                    else
                        content.Add(copy[index]);
                }
            });
        }

        public void Sync()
        {
            file.Sync();
            recording.Do(model => model.Inodes[inode].Durable = [.. model.Inodes[inode].Content]);
        }

        public void Dispose() => file.Dispose();
    }

    private sealed class Inode
    {
        public List<byte> Content { get; init; } = [];

        public byte[] Durable { get; set; } = [];
    }

    /// <summary>Names and contents, as the system sees them and as the disk has them.</summary>
    private sealed class Model
    {
        public SortedDictionary<string, Inode> Files { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, bool> Folders { get; } = new(StringComparer.Ordinal);

        public Dictionary<int, Inode> Inodes { get; } = [];

        private SortedDictionary<string, Inode> DurableFiles { get; } = new(StringComparer.Ordinal);

        private SortedDictionary<string, bool> DurableFolders { get; } = new(StringComparer.Ordinal);

        public Model Copy()
        {
            var copy = new Model();
            foreach (var (name, inode) in Files)
                copy.Files[name] = new() { Content = [.. inode.Content], Durable = inode.Durable };
            foreach (var name in Folders.Keys)
                copy.Folders[name] = true;
            copy.SyncAll();
            return copy;
        }

        public void SyncAll()
        {
            Sync("");
            foreach (var folder in Folders.Keys)
                Sync(folder);
        }

        public void Sync(string folder)
        {
            Replace(DurableFiles, Files, folder);
            Replace(DurableFolders, Folders, folder);
        }

        public void Write(bool namesSurvive, string target)
        {
            foreach (var folder in (namesSurvive ? Folders : DurableFolders).Keys)
                Directory.CreateDirectory(Path.Combine(target, folder));
            foreach (var (name, inode) in namesSurvive ? Files : DurableFiles)
            {
                // A file whose folder did not survive is nowhere.
                if (Directory.Exists(Path.GetDirectoryName(Path.Combine(target, name))))
                    File.WriteAllBytes(Path.Combine(target, name), inode.Durable);
            }
        }

        private static void Replace<T>(SortedDictionary<string, T> durable, SortedDictionary<string, T> current, string folder)
        {
            foreach (var name in durable.Keys.Where(name => IsIn(name, folder)).ToArray())
                durable.Remove(name);
            foreach (var (name, value) in current.Where(pair => IsIn(pair.Key, folder)))
                durable[name] = value;
        }

        private static bool IsIn(string name, string folder) => string.Equals(Path.GetDirectoryName(name), folder, StringComparison.Ordinal);
    }
}
