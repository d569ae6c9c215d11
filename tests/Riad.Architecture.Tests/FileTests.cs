using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Riad.Architecture.Tests;

/// <summary>What lies in the repository.</summary>
public sealed partial class FileTests
{
    private const int MostLines = 600;

    [Fact]
    public void A_source_file_can_be_read_in_one_sitting() =>
        Assert.Empty(House.Sources("shared", "appliances", "images", "tests").Where(file => House.Read(file).AsSpan().Count('\n') > MostLines));

    [Fact]
    public void Nothing_names_the_machine_it_was_written_on() =>
        Assert.Empty(House.Files.Where(IsText).SelectMany(file => MachinePath().Matches(House.Read(file)).Select(match => $"{file}: {match.Value}")));

    [Fact]
    public void Packages_come_from_where_the_machine_gets_its_packages() =>
        Assert.Empty(House.Files.Where(file => Path.GetFileName(file).Equals("nuget.config", StringComparison.OrdinalIgnoreCase)
            || (IsText(file) && RegistryHost().IsMatch(House.Read(file)))));

    [Fact]
    public void Every_package_is_explained()
    {
        var explained = House.Read("docs/dependencies.md");

        Assert.Empty(PackageNames().Where(package => !explained.Contains($"| {package} |", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_is_explained_that_is_gone() =>
        Assert.Empty(ExplainedPackage().Matches(House.Read("docs/dependencies.md")).Select(match => match.Groups["name"].Value).Where(name => name != "Package").Except(PackageNames(), StringComparer.Ordinal));

    /// <summary>A file that is renamed over another before it is on disk may be empty after a power loss.</summary>
    /// <remarks>Resolvers writes for this start of the machine only, into memory.</remarks>
    [Fact]
    public void Files_are_replaced_in_one_place_for_the_host_and_in_one_for_repositories() => Assert.Equal(
        ["shared/Riad.Git.Io/Files/DiskFileSystem.cs", "shared/Riad.Host/DurableFile.cs", "shared/Riad.Host/Init/Resolvers.cs"],
        House.Sources("shared", "appliances").Where(file => House.Read(file).Contains("File.Move(", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Pure_projects_use_no_package() =>
        Assert.Empty(House.PureProjects.Where(project => project.Name is not "Riad.ICalendar").SelectMany(project => project.Packages.Select(package => $"{project.Name}: {package}")));

    private static List<string> PackageNames()
    {
        var packages = XDocument.Parse(House.Read("Directory.Packages.props"));
        return [.. packages.Descendants("PackageVersion").Concat(packages.Descendants("GlobalPackageReference")).Select(element => (string)element.Attribute("Include")!)];
    }

    private static bool IsText(string file) =>
        Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".targets" or ".slnx" or ".json" or ".md" or ".sh" or ".txt" or ".yml" or ".config" or ""
        && !file.EndsWith("/FileTests.cs", StringComparison.Ordinal) && !file.Contains("/Seeds/", StringComparison.Ordinal) && !file.Contains("/Vectors/", StringComparison.Ordinal);

    [GeneratedRegex("/(?:work|root|tmp|home|Users)/[A-Za-z._]")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?://[a-z0-9.-]*(?:artifactory|nexus|proxy|mirror|registry|feed)[a-z0-9.-]*\.[a-z]+|https?://(?:localhost|127\.0\.0\.1|10\.[0-9.]+)(?::[0-9]+)?/[^\s""]*(?:nuget|v3/index\.json)")]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"^\| (?<name>[A-Za-z][A-Za-z.]*[a-z]) \|", RegexOptions.Multiline)]
    private static partial Regex ExplainedPackage();
}
