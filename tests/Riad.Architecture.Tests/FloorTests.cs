using Xunit;

namespace Riad.Architecture.Tests;

/// <summary>Who may walk where: the picture in ARCHITECTURE.md as a table.</summary>
public sealed class FloorTests
{
    public static TheoryData<string, string[]> Floors => new()
    {
        // project                may reference
        { "Riad.Core",            [] },

        { "Riad.Net",             ["Riad.Core"] },
        { "Riad.Dns",             ["Riad.Core"] },
        { "Riad.Git",             ["Riad.Core"] },
        { "Riad.ICalendar",       ["Riad.Core"] },
        { "Riad.ZoneRepository",  ["Riad.Core", "Riad.Dns", "Riad.Git"] },
        { "Riad.CalDav",          ["Riad.Core", "Riad.Git", "Riad.ICalendar"] },
        { "Riad.Acme",            ["Riad.Core", "Riad.Dns"] },
        { "Riad.OpenVpn",         ["Riad.Core", "Riad.Net"] },

        { "Riad.Net.Io",          ["Riad.Core", "Riad.Net"] },
        { "Riad.Dns.Io",          ["Riad.Core", "Riad.Dns", "Riad.Net"] },
        { "Riad.Git.Io",          ["Riad.Core", "Riad.Git", "Riad.Net"] },
        { "Riad.CalDav.Io",       ["Riad.CalDav", "Riad.Core", "Riad.Net"] },
        { "Riad.Acme.Io",         ["Riad.Acme", "Riad.Core", "Riad.Net"] },
        { "Riad.OpenVpn.Io",      ["Riad.Core", "Riad.Net", "Riad.OpenVpn"] },

        { "Riad.Host",            ["Riad.Core", "Riad.Net", "Riad.Net.Io"] },
        { "Riad.Host.Dns",        ["Riad.Core", "Riad.Dns", "Riad.Dns.Io", "Riad.Host", "Riad.Net"] },

        { "Riad.Images",          ["Riad.Core"] },
        { "Riad.Images.Io",       ["Riad.Core", "Riad.Images"] },
    };

    [Theory, MemberData(nameof(Floors))]
    public void A_project_references_only_what_the_picture_shows(string project, string[] allowed)
    {
        // Projects of later appliances are in the picture before they are in the house.
        if (House.Projects.TryGetValue(project, out var found))
            Assert.Empty(found.References.Except(allowed, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_shared_project_is_in_the_picture() =>
        Assert.Empty(House.Projects.Values.Where(project => !project.IsAppliance).Select(project => project.Name).Except(Floors.Select(row => (string)row[0]), StringComparer.Ordinal));

    [Fact]
    public void An_appliance_never_references_another() =>
        Assert.Empty(House.Projects.Values.Where(project => project.IsAppliance).SelectMany(project => project.References).Intersect(
            House.Projects.Values.Where(project => project.IsAppliance).Select(project => project.Name), StringComparer.Ordinal));

    [Fact]
    public void Every_project_of_the_repository_is_in_the_solution()
    {
        var solution = House.Read("Riad.slnx");

        Assert.Empty(House.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !solution.Contains($"\"{file}\"", StringComparison.Ordinal)));
    }
}
