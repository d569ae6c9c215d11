using System.Diagnostics;
using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace Riad.Architecture.Tests;

/// <summary>The repository as it lies on disk, and what was built from it.</summary>
internal static class House
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every project under shared/, images/ and appliances/, by name.</summary>
    public static SortedDictionary<string, Project> Projects { get; } = new(
        Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => path.StartsWith("shared/", StringComparison.Ordinal) || path.StartsWith("images/", StringComparison.Ordinal) || path.StartsWith("appliances/", StringComparison.Ordinal))
            .Select(path => new Project(path))
            .ToDictionary(project => project.Name, StringComparer.Ordinal),
        StringComparer.Ordinal);

    public static IEnumerable<Project> PureProjects => Projects.Values.Where(project => project.IsPure);

    /// <summary>What belongs to the repository: tracked files, or all but products where there is no Git.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The C# sources below the given folders.</summary>
    public static IEnumerable<string> Sources(params string[] folders) =>
        Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal)));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Riad.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests run inside the repository");
        return folder.TrimEnd('/');
    }

    private static List<string> ListFiles()
    {
        if (!Path.Exists(Path.Combine(Root, ".git")))
        {
            string[] products = ["bin", "obj", "out", "state"];
            return [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Root, path))
                .Where(path => !path.Split('/').Any(part => products.Contains(part, StringComparer.Ordinal)))];
        }
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z"]) { WorkingDirectory = Root, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, "git ls-files failed");
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(Path.Combine(Root, path)))];
    }

    /// <summary>One project file.</summary>
    internal sealed class Project
    {
        public Project(string path)
        {
            Path = path;
            Name = System.IO.Path.GetFileNameWithoutExtension(path);
            Xml = XDocument.Parse(Read(path));
        }

        public string Path { get; }

        public string Name { get; }

        public XDocument Xml { get; }

        public bool IsAppliance => Path.StartsWith("appliances/", StringComparison.Ordinal);

        /// <summary>The one rule that the names carry.</summary>
        public bool IsPure => !IsAppliance && !Name.EndsWith(".Io", StringComparison.Ordinal) && !Name.StartsWith("Riad.Host", StringComparison.Ordinal);

        public IEnumerable<string> References => Xml.Descendants("ProjectReference")
            .Select(reference => System.IO.Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)).Order(StringComparer.Ordinal);

        public IEnumerable<string> Packages => Xml.Descendants("PackageReference").Select(reference => (string)reference.Attribute("Include")!);

        public string AssemblyPath => System.IO.Path.Combine(AppContext.BaseDirectory, Name + ".dll");

        public Assembly Assembly => Assembly.LoadFrom(AssemblyPath);
    }
}
