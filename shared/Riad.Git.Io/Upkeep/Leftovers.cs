using System.Globalization;
using Riad.Git.Io.Storage;

namespace Riad.Git.Io.Upkeep;

/// <summary>What processes that were killed left behind.</summary>
internal sealed class Leftovers(Repository repository, TimeSpan age)
{
    private readonly DateTime before = DateTime.UtcNow - age;

    public void Remove()
    {
        foreach (var prefix in (ReadOnlySpan<string>)["tmp_objdir-*", PackInstaller.TemporaryPrefix + "*"])
        {
            foreach (var folder in Directory.EnumerateDirectories(repository.ObjectsFolder, prefix).Where(folder => Directory.GetLastWriteTimeUtc(folder) < before).ToArray())
                repository.Files.DeleteDirectory(folder);
        }
        var packFolder = repository.Database.Own.PackFolder;
        if (!Directory.Exists(packFolder))
            return;
        foreach (var prefix in (ReadOnlySpan<string>)["tmp_*", PackInstaller.TemporaryPrefix + "*"])
        {
            foreach (var file in Directory.EnumerateFiles(packFolder, prefix).Where(file => File.GetLastWriteTimeUtc(file) < before).ToArray())
                repository.Files.Delete(file);
        }
        foreach (var keep in Directory.EnumerateFiles(packFolder, "*.keep").Where(IsAbandoned).ToArray())
            repository.Files.Delete(keep);
    }

    /// <summary>A hold of ours whose process is gone, or one that the power left empty before there was a pack. Everybody else's stay.</summary>
    private bool IsAbandoned(string keep)
    {
        try
        {
            var text = File.ReadAllText(keep);
            if (text.Length == 0)
                return File.GetLastWriteTimeUtc(keep) < before && !File.Exists(Path.ChangeExtension(keep, ".pack"));
            return text.StartsWith(PackInstaller.KeepMark, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(PackInstaller.KeepMark.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && !GcLock.IsAlive(process, keep);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
