using Riad.Images.Packages;

namespace Riad.Images.Io.Packages;

/// <summary>The tools of the locked packages, unpacked and run with their own C library, whatever the machine's is.</summary>
internal sealed class ToolFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("riad-tools-");

    private ToolFolder()
    {
    }

    /// <summary>The folder, for a tool's own files.</summary>
    public string Path => folder.FullName;

    /// <summary>Unpacks them.</summary>
    public static async Task<ToolFolder> OpenAsync(PackageStore store)
    {
        var files = await store.ReadAsync(Architecture.Amd64.Name, BuildTools.Packages);
        var tools = new ToolFolder();
        try
        {
            await tools.UnpackAsync(files);
            return tools;
        }
        catch
        {
            tools.Dispose();
            throw;
        }
    }

    /// <summary>Where a file of the packages was put.</summary>
    public string Place(string path) => System.IO.Path.Combine(Path, System.IO.Path.GetFileName(path));

    /// <summary>Runs a tool.</summary>
    /// <param name="tool">Its path in the packages.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="environment">Variables besides those of this process.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="BuildException">It failed.</exception>
    public async Task<byte[]> RunAsync(string tool, IEnumerable<string> arguments, ReadOnlyMemory<byte> input = default, IReadOnlyDictionary<string, string>? environment = null)
    {
        var result = await ExternalProgram.RunAsync(Place(Architecture.Amd64.Loader), ["--library-path", Path, Place(tool), .. arguments], input, environment);
        return result.ExitCode == 0 ? result.Output : throw new BuildException($"{tool} failed: {result.Error.Trim()}");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task UnpackAsync(PackageFiles files)
    {
        foreach (var path in files.Paths.Where(IsLibrary).Append(Architecture.Amd64.Loader).Concat(BuildTools.Files))
        {
            if (!files.TryFind(path, out var content))
                throw new BuildException($"No locked package has /{path}: 'make lock' renews the lock file");
            var place = Place(path);
            await File.WriteAllBytesAsync(place, content);
            File.SetUnixFileMode(place, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static bool IsLibrary(string path) =>
        System.IO.Path.GetDirectoryName(path) is "lib/x86_64-linux-gnu" or "usr/lib/x86_64-linux-gnu" && path.Contains(".so.", StringComparison.Ordinal);
}
