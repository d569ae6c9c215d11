using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace Riad.Architecture.Tests;

/// <summary>A project whose name does not end in .Io touches nothing of the world.</summary>
/// <remarks>
/// The banned-symbols analyzer refuses the source. This looks at what was compiled, so that what the analyzer does not
/// see (the lock statement, an analyzer switched off) is found too.
/// </remarks>
public sealed class PurityTests
{
    // Types whose mere mention is the world.
    private static readonly string[] World =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.IO.FileInfo", "System.IO.DirectoryInfo", "System.IO.RandomAccess",
        "System.Console", "System.Random", "System.Security.Cryptography.RandomNumberGenerator", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
        "System.Threading.Thread", "System.Threading.ThreadPool", "System.Threading.Timer", "System.Threading.Monitor", "System.Threading.Lock",
        "System.Threading.SemaphoreSlim", "System.Threading.Mutex", "System.Threading.PeriodicTimer", "System.Net.Dns", "System.Net.Http.HttpClient",
    ];

    // Members of types that are otherwise harmless.
    private static readonly string[] WorldlyMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.TimeProvider.get_System", "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.TimeZoneInfo.get_Local",
        "System.Threading.Tasks.Task.Delay", "System.Threading.Tasks.Task.Run",
    ];

    public static TheoryData<string> Pure => [.. House.PureProjects.Select(project => project.Name)];

    [Theory, MemberData(nameof(Pure))]
    public void A_pure_project_references_no_driver(string project) =>
        Assert.Empty(House.Projects[project].References.Where(reference => reference.EndsWith(".Io", StringComparison.Ordinal) || reference.StartsWith("Riad.Host", StringComparison.Ordinal)));

    [Theory, MemberData(nameof(Pure))]
    public void A_pure_project_mentions_nothing_of_the_world(string project)
    {
        using var file = new PEReader(File.OpenRead(House.Projects[project].AssemblyPath));
        var metadata = file.GetMetadataReader();
        var types = metadata.TypeReferences.Select(handle => Name(metadata, metadata.GetTypeReference(handle))).ToList();
        var members = metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind is HandleKind.TypeReference)
            .Select(member => $"{Name(metadata, metadata.GetTypeReference((TypeReferenceHandle)member.Parent))}.{metadata.GetString(member.Name)}")
            .ToList();

        Assert.Empty(types.Intersect(World, StringComparer.Ordinal));
        Assert.Empty(types.Where(type => type.StartsWith("System.Net.Sockets.", StringComparison.Ordinal)));
        Assert.Empty(members.Intersect(WorldlyMembers, StringComparer.Ordinal));
        // Iterators ask which thread they are on; everything else about the environment is the world.
        Assert.Empty(members.Where(member => member.StartsWith("System.Environment.", StringComparison.Ordinal) && member != "System.Environment.get_CurrentManagedThreadId"));
    }

    [Theory, MemberData(nameof(Pure))]
    public void A_pure_project_has_no_unsafe_code(string project) =>
        Assert.DoesNotContain(House.Projects[project].Xml.Descendants("AllowUnsafeBlocks"), element => element.Value == "true");

    [Fact]
    public void The_build_gives_the_banned_symbols_to_every_pure_project()
    {
        var targets = House.Read("Directory.Build.targets");

        Assert.Contains("!$(MSBuildProjectName.EndsWith('.Io')) and !$(MSBuildProjectName.StartsWith('Riad.Host'))", targets, StringComparison.Ordinal);
        Assert.Contains("shared/BannedSymbols.txt", targets, StringComparison.Ordinal);
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", House.Read("Directory.Packages.props"), StringComparison.Ordinal);
    }

    [Fact]
    public void Drivers_leave_the_context_alone_so_that_a_simulation_can_own_every_continuation() =>
        Assert.Empty(House.Sources("shared").Where(file => House.Read(file).Contains(".ConfigureAwait(false)", StringComparison.Ordinal)));

    private static string Name(MetadataReader metadata, TypeReference type) => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
}
