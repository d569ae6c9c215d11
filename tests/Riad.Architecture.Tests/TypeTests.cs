using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Riad.Architecture.Tests;

/// <summary>How types look.</summary>
public sealed partial class TypeTests
{
    public static TheoryData<string> Projects => [.. House.Projects.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void A_class_is_sealed_or_abstract(string project) =>
        Assert.Empty(Types(project).Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }).Select(type => type.FullName));

    /// <summary>A family of cases cannot grow elsewhere.</summary>
    /// <remarks>
    /// A closed family is an abstract type with nested cases. Held here: nobody outside can add a case, because every
    /// constructor is private (a record's copy constructor is protected, and useless without another one).
    /// </remarks>
    [Theory, MemberData(nameof(Projects))]
    public void A_closed_family_is_closed(string project)
    {
        var families = Types(project).Where(type => type.IsAbstract && type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Any(nested => nested.BaseType == type));

        Assert.Empty(families
            .Where(family => family.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Any(constructor => !constructor.IsPrivate && !IsCopy(constructor)))
            .Select(family => family.FullName));
    }

    /// <summary>Giving up in a switch is a bug, never a refusal.</summary>
    /// <remarks>
    /// Enums are switched without '_': the compiler lists a forgotten case (CS8509 is an error). Families of records end
    /// in UnreachableException. Held here, from the source: a switch expression that gives up gives up with that
    /// exception, or with the one for an argument that no caller may pass, so that giving up is always a bug and never
    /// a way to refuse input. Not held: that each case of a family is listed before; the tests of the switches do that.
    /// </remarks>
    [Fact]
    public void A_switch_that_cannot_go_on_says_unreachable() =>
        Assert.Empty(House.Sources("shared", "appliances", "images").SelectMany(file => GivingUp().Matches(House.Read(file))
            .Where(match => match.Groups["name"].Value is not ("UnreachableException" or "System.Diagnostics.UnreachableException" or "ArgumentOutOfRangeException"))
            .Select(match => $"{file}: {match.Value}")));

    [Fact]
    public void The_compiler_lists_forgotten_cases_and_undocumented_members()
    {
        var (editor, build) = (House.Read(".editorconfig"), House.Read("Directory.Build.props"));

        Assert.Contains("dotnet_diagnostic.CS8509.severity = error", editor, StringComparison.Ordinal);
        Assert.Contains("dotnet_diagnostic.CS1591.severity = warning", editor, StringComparison.Ordinal);
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", build, StringComparison.Ordinal);
        Assert.Contains("<GenerateDocumentationFile>true</GenerateDocumentationFile>", build, StringComparison.Ordinal);
        Assert.Empty(House.Projects.Values.Where(project => project.Xml.Descendants("NoWarn").Any()).Select(project => project.Name));
    }

    private static bool IsCopy(ConstructorInfo constructor) =>
        constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;

    private static IEnumerable<Type> Types(string project) =>
        House.Projects[project].Assembly.GetTypes().Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal) && type.Namespace?.StartsWith("Riad", StringComparison.Ordinal) == true);

    [GeneratedRegex(@"_ => throw new (?<name>[A-Za-z.]+)")]
    private static partial Regex GivingUp();
}
