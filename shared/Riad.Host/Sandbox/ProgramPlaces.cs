using System.Runtime.InteropServices;

namespace Riad.Host.Sandbox;

/// <summary>Where the running program and its runtime lie, which it reads while it runs.</summary>
/// <param name="Program">Its file.</param>
/// <param name="Folder">The folder of that file.</param>
/// <param name="RuntimeFolder">Where the runtime's libraries are; the same folder when they come with the program.</param>
/// <param name="IsOneFile">True when program and runtime are one file, and nothing beside it is its own.</param>
/// <param name="RuntimeRoot">Where DOTNET_ROOT says that runtimes are installed.</param>
/// <param name="Home">The user's folder.</param>
internal sealed record ProgramPlaces(string? Program, string Folder, string RuntimeFolder, bool IsOneFile, string? RuntimeRoot, string? Home)
{
    private const string FolderOfRuntimes = "Microsoft.NETCore.App";

    /// <summary>Files and folders; none is the root.</summary>
    public IEnumerable<string> All
    {
        get
        {
            if (!IsOneFile && Folder.Length > 1)
                yield return Folder;
            if (Program is not null)
                yield return Program;
            if (RuntimeRoot is { Length: > 0 })
                yield return RuntimeRoot;
            if (Installed is { Length: > 1 } installed)
                yield return installed;
            // .NET keeps the user's certificates there and looks for them with every chain.
            if (Home is { Length: > 1 })
                yield return Path.Combine(Home, ".dotnet");
        }
    }

    // ROOT/shared/Microsoft.NETCore.App/VERSION, and only then: three folders above any other lies what is not ours.
    private string? Installed => Path.GetDirectoryName(RuntimeFolder.TrimEnd('/')) is { } runtimes && Path.GetFileName(runtimes) is FolderOfRuntimes
        ? Path.GetDirectoryName(Path.GetDirectoryName(runtimes))
        : null;

    /// <summary>Those of this process.</summary>
    public static ProgramPlaces OfThisProcess()
    {
        var runtime = RuntimeEnvironment.GetRuntimeDirectory();
        return new(
            Environment.ProcessPath,
            AppContext.BaseDirectory,
            runtime,
            !File.Exists(Path.Combine(runtime, "System.Private.CoreLib.dll")),
            Environment.GetEnvironmentVariable("DOTNET_ROOT"),
            Environment.GetEnvironmentVariable("HOME"));
    }
}
