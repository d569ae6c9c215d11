using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>Images that are built once for all tests: quickly, so with larger files than those that are shipped.</summary>
public sealed class BuiltImages : IDisposable
{
    private readonly Dictionary<string, string> built = new(StringComparer.Ordinal);

    public string Folder { get; } = Directory.CreateTempSubdirectory("riad-images-").FullName;

    /// <summary>The folder with an image; made when it is asked for first.</summary>
    public string Of(string image)
    {
        if (!built.TryGetValue(image, out var folder))
        {
            folder = Path.Combine(Folder, image);
            // make test publishes before the tests, where no clock runs.
            var program = ApplianceImage.All.Single(each => each.Name == image).Program;
            if (!File.Exists(ProgramOf(program)))
                Tool.Run("make", [$"publish-{program}"], Checkout.Root, patience: TimeSpan.FromMinutes(9)).MustSucceed();
            Builder.RunWithWhatDebianHas(Folder, [], Checkout.Root, ["build", image, "--quick", "--output", folder, "--program", ProgramOf(program)]).MustSucceed();
            built[image] = folder;
        }
        return folder;
    }

    /// <summary>The folder with an appliance's image for ARM, with the stand-in for its program; made when it is asked for first.</summary>
    public string OfArm(string appliance)
    {
        var name = appliance + "-arm64";
        if (!built.TryGetValue(name, out var folder))
        {
            folder = Path.Combine(Folder, name);
            BuildArm(appliance, folder, [], Checkout.Root).MustSucceed();
            built[name] = folder;
        }
        return folder;
    }

    /// <summary>Builds that image once more, with the stand-in or another program.</summary>
    internal ToolResult BuildArm(string appliance, string folder, Dictionary<string, string> environment, string from, string? program = null)
    {
        // Whatever home it is given, packages are fetched once. A lock file of its own: where it must be renewed, the images for PCs stay as they are.
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given ? given : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var own = Directory.CreateDirectory(Path.Combine(Folder, "for-arm")).FullName;
        return Builder.RunWithWhatDebianHas(own, environment, from, ["build", appliance, "--architecture", "arm64", "--quick", "--output", folder, "--program", program ?? StandIn.Assemble(own), "--cache", Path.Combine(cache, "riad", "debian")]);
    }

    /// <summary>Where the appliance's program is published to.</summary>
    public static string ProgramOf(string appliance) => Checkout.PathOf("out", "publish", appliance, appliance);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>All tests that build or run an image: one after the other, with what was built.</summary>
[CollectionDefinition(Name)]
public sealed class ImageTests : ICollectionFixture<BuiltImages>
{
    public const string Name = "images";
}
