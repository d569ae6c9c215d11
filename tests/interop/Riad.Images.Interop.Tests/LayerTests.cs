using System.Text;
using System.Text.RegularExpressions;
using Riad.Images.Interop.Tests.Running;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests;

/// <summary>What is in a container, seen from what is needed there.</summary>
[Collection(ImageTests.Name)]
public sealed partial class LayerTests(BuiltImages images)
{
    [NeedsFact("readelf")]
    public void Every_library_that_a_program_is_linked_with_lies_beside_it() => CheckLibraries(images.Of("dns-primary-git"));

    [NeedsFact("readelf", Long = true)]
    public void So_it_is_with_ssh() => CheckLibraries(images.Of("dns-primary-git-ssh"));

    [NeedsFact("readelf", StandIn.Assembler, Long = true)]
    public void So_it_is_with_ssh_for_ARM()
    {
        var layer = CheckLibraries(images.OfArm("dns-primary-git-ssh"));

        Assert.Contains("usr/bin/ssh", layer.Files.Keys);
        Assert.All(layer.Files.Where(file => Elf.IsProgram(file.Value)), file => Assert.True(Elf.IsForArm(file.Value), file.Key));
    }

    [Fact]
    public void The_texts_of_licences_are_in_it()
    {
        var layer = Layer.Read(images.Of("dns-primary-git"));

        Assert.All(Architecture.RootPackages, package => Assert.True(layer.Holds($"usr/share/doc/{package}/copyright"), package.Text));
        Assert.Contains("Apache License", Encoding.UTF8.GetString(layer.Files["usr/share/doc/riad/copyright"]), StringComparison.Ordinal);
        // What those of the C library, the compiler's library, OpenSSL and the certificates name.
        Assert.All(["LGPL-2.1", "GPL-3", "Apache-2.0", "GPL-2"], name => Assert.True(layer.Holds($"usr/share/common-licenses/{name}"), name));
        Assert.All(layer.Links, link => Assert.True(layer.Holds(link.Key), $"{link.Key} leads nowhere: {link.Value}"));
    }

    // As the loader would look for them, but without running anything: so it works for ARM too.
    private Layer CheckLibraries(string image)
    {
        var layer = Layer.Read(image);
        var place = Path.Combine(images.Folder, "program");
        var names = layer.Files.Keys.Concat(layer.Links.Keys).Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);
        var (programs, missing) = (0, new List<string>());
        foreach (var (path, content) in layer.Files.Where(file => Elf.IsProgram(file.Value)))
        {
            File.WriteAllBytes(place, content);
            var said = Tool.Run("readelf", ["--dynamic", "--wide", place], images.Folder).MustSucceed().Output;
            missing.AddRange(Needed().Matches(said).Select(match => match.Groups["name"].Value).Where(name => !names.Contains(name)).Select(name => $"{path} needs {name}"));
            programs++;
        }
        Assert.Empty(missing);
        Assert.True(programs > 10, $"{programs} programs and libraries");
        return layer;
    }

    [GeneratedRegex(@"\(NEEDED\)\s+Shared library: \[(?<name>[^\]]+)\]", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Needed();
}
