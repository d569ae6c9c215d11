using System.Text.Json;
using System.Text.RegularExpressions;
using Riad.Images.Containers;
using Riad.Images.Interop.Tests.Running;
using Riad.Images.Records;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests.Deploying;

/// <summary>The pages about running images, and what lies beside them: every name in them is one of the programs, the builder or this checkout.</summary>
[Collection(ImageTests.Name)]
public sealed partial class PageTests(BuiltImages images)
{
    // The one that make test publishes.
    private const string Image = "dns-primary-git";

    private static readonly List<(string Name, string Text)> Files =
    [
        .. Directory.EnumerateFiles(Checkout.PathOf("docs", "deploy"), "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Checkout.PathOf("docs", "systemd"))).Append(Checkout.PathOf("docs", "machine.md"))
            .Order(StringComparer.Ordinal).Select(path => (Path.GetRelativePath(Checkout.PathOf("docs"), path), File.ReadAllText(path))),
    ];

    private static readonly string Makefile = File.ReadAllText(Checkout.PathOf("Makefile"));

    [Fact]
    public void Every_option_in_them_is_one_of_a_program_or_of_a_machine()
    {
        var known = ApplianceImage.All.SelectMany(image => KnownOptions.Of(image.Program)).ToHashSet(StringComparer.Ordinal);
        var ofMachine = MachineSetting().Matches(File.ReadAllText(Checkout.PathOf("docs", "machine.md"))).Select(match => "--" + match.Groups["name"].Value);

        Assert.Empty(Files.SelectMany(file => Variable().Matches(file.Text).Select(match => KnownOptions.OfVariable(match.Value)).Where(option => !known.Contains(option)).Select(option => $"{file.Name}: {option}")));
        known.UnionWith(ofMachine);
        Assert.Empty(Files.SelectMany(file => Word().Matches(file.Text).Select(match => "--" + match.Groups["name"].Value).Where(option => option is not "--option" && !known.Contains(option)).Select(option => $"{file.Name}: {option}")));
    }

    [Fact]
    public void What_follows_serve_is_what_the_program_takes() => Assert.Empty(
        from file in Files
        from Match match in Serve().Matches(file.Text)
        let image = ApplianceImage.All.Where(image => file.Text[..match.Index].Contains(image.Name, StringComparison.Ordinal)).MaxBy(image => file.Text.LastIndexOf(image.Name, match.Index, StringComparison.Ordinal))
        from option in KnownOptions.In(match.Groups["words"].Value.Split((char[])[' ', ',', '"', ']', '`'], StringSplitOptions.RemoveEmptyEntries))
        where image is not null && !KnownOptions.Of(image.Program).Contains(option)
        select $"{file.Name}: {image.Program} serve {option}");

    [Fact]
    public void The_table_of_files_is_what_the_builder_writes()
    {
        var table = Files.Single(file => file.Name == Path.Combine("deploy", "README.md")).Text.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Quoted().Matches(line.Split('|')[1]).Select(match => match.Groups["text"].Value.Replace("NAME", Image, StringComparison.Ordinal).TrimEnd('/')));

        // Which only ARM has.
        Assert.Equal(Built().Append("sd-card.img").Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_file_of_an_image_that_they_name_is_written()
    {
        var built = Built().Select(name => name.Replace(Image, "NAME", StringComparison.Ordinal)).Append("sd-card.img").ToHashSet(StringComparer.Ordinal);

        Assert.Empty(
            from file in Files
            from Match match in Product().Matches(file.Text)
            let name = match.Groups["file"].Value.Replace(match.Groups["image"].Value, "NAME", StringComparison.Ordinal)
            where !built.Contains(name) || (match.Groups["image"].Value is not "NAME" && ApplianceImage.All.All(image => image.Name != match.Groups["image"].Value))
            select $"{file.Name}: {match.Value}");
    }

    [Fact]
    public void Every_container_has_the_name_under_which_it_is_loaded()
    {
        Assert.True(BuildRecord.TryRead(File.ReadAllBytes(Path.Combine(images.Of(Image), BuildRecord.FileName)), out var record));
        var names = ApplianceImage.All.Select(image => new ContainerDescription(image, Architecture.Amd64, record.Version, record.Commit, record.Time).Reference["localhost".Length..]).ToList();

        Assert.Empty(
            from file in Files
            from Match match in Reference().Matches(file.Text)
            where !names.Contains(match.Groups["name"].Value)
            select $"{file.Name}: {match.Value}");
    }

    [Fact]
    public void What_is_written_as_JSON_is_JSON()
    {
        var blocks = Files.SelectMany(file => Json().Matches(file.Text).Select(match => match.Groups["json"].Value)).ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => JsonDocument.Parse(block).Dispose());
    }

    [Fact]
    public void Every_target_of_make_is_one() => Assert.Empty(
        from file in Files
        from Match match in Make().Matches(file.Text)
        from target in match.Groups["targets"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where !target.Contains('=', StringComparison.Ordinal) && target is not "image-NAME" && !Makefile.Contains($"\n{target}:", StringComparison.Ordinal) && ApplianceImage.All.All(image => target != $"image-{image.Name}")
        select $"{file.Name}: make {target}");

    [Fact]
    public void Every_link_leads_somewhere() => Assert.Empty(
        from file in Files
        where file.Name.EndsWith(".md", StringComparison.Ordinal)
        from Match match in Link().Matches(file.Text)
        let place = match.Groups["place"].Value.Split('#')[0]
        where place.Length > 0 && !place.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Checkout.PathOf("docs"), Path.GetDirectoryName(file.Name)!, place))
        select $"{file.Name}: {place}");

    // As podman-systemd.unit(5) has them since podman 4.4; of a section that podman does not know, systemd says what is wrong.
    [Fact]
    public void The_unit_for_quadlet_has_keys_that_quadlet_knows()
    {
        string[] known = ["Image", "Exec", "Environment", "Volume", "PublishPort", "ReadOnly", "DropCapability", "NoNewPrivileges"];
        var section = File.ReadAllText(Checkout.PathOf("docs", "deploy", "dns-secondary.container")).Split("[Container]\n")[1].Split("\n[")[0];

        Assert.Empty(section.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).Except(known));
    }

    // A folder counts as one.
    private IEnumerable<string> Built() => Directory.EnumerateFileSystemEntries(images.Of(Image)).Select(path => Path.GetFileName(path));

    [GeneratedRegex("RIAD_[A-Z][A-Z_]*[A-Z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\briad\.(?<name>[a-z][a-z0-9-]*)=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\| `riad\.(?<name>[a-z0-9-]+)=", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MachineSetting();

    [GeneratedRegex(@"\bserve\b[ ,](?<words>[^\n]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Serve();

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"out/images/(?<image>[A-Za-z-]+?)(-arm64)?/(?<file>[A-Za-z0-9.-]*[A-Za-z0-9])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Product();

    [GeneratedRegex(@"(localhost|registry\.example\.org)(?<name>/riad/[a-z-]+(:[0-9a-z.]*[0-9a-z])?)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"(^|`)make (?<targets>[A-Za-z= -]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Make();

    [GeneratedRegex("^```json\n(?<json>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Json();

    [GeneratedRegex(@"\]\((?<place>[^)]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
