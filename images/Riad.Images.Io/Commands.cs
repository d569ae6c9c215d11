using System.CommandLine;
using Riad.Images.Io.Building;
using Riad.Images.Io.Packages;
using Riad.Images.Packages;
using Riad.Images.Records;

namespace Riad.Images.Io;

/// <summary>What the program can be told to do.</summary>
internal static class Commands
{
    private static readonly Option<string> Cache = new("--cache")
    {
        Description = "where Debian packages are kept between builds",
        DefaultValueFactory = _ => Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given ? given : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "riad", "debian"),
        Recursive = true,
    };

    private static readonly Option<string> Mirror = new("--mirror") { Description = "where Debian packages come from", DefaultValueFactory = _ => PackageStore.DefaultMirror, Recursive = true };

    private static readonly Option<string?> LockFile = new("--lock") { Description = "another lock file than images/debian.lock", Recursive = true };

    /// <summary>The whole command line.</summary>
    public static RootCommand Root { get; } = new("Builds the images of Riad's appliances.") { BuildCommand(), VerifyCommand(), LockCommand(), Cache, Mirror, LockFile };

    private static Command BuildCommand()
    {
        var appliance = new Argument<string>("APPLIANCE") { Description = "one of " + string.Join(", ", ApplianceImage.All.Select(image => image.Name)) };
        var architecture = new Option<string>("--architecture") { Description = "amd64 or arm64", DefaultValueFactory = _ => "amd64" };
        var folder = new Option<string?>("--output") { Description = "where to; out/images/APPLIANCE by default" };
        var program = new Option<string?>("--program") { Description = "a program that is built already" };
        var quick = new Option<bool>("--quick") { Description = "larger files in less time" };
        var command = new Command("build", "Builds the images of an appliance.") { appliance, architecture, folder, program, quick };
        command.SetAction((arguments, _) => SayAsync(async () =>
        {
            var order = new BuildOrder(
                FindAppliance(arguments.GetValue(appliance)!), FindArchitecture(arguments.GetValue(architecture)!), "", arguments.GetValue(program), arguments.GetValue(quick), arguments.GetValue(LockFile) is not null);
            var repository = await SourceRepository.OpenAsync(SourceRepository.FindRoot());
            var images = Path.Combine(repository.Root, "out", "images");
            var output = arguments.GetValue(folder) ?? Path.Combine(images, order.Architecture == Architecture.Amd64 ? order.Appliance.Name : $"{order.Appliance.Name}-{order.Architecture.Name}");
            await new ImageBuilder(repository, await OpenStoreAsync(arguments, repository), Console.Out).BuildAsync(order with { Output = output });
            if (arguments.GetValue(folder) is null)
                await ChecksumCollection.WriteAsync(images);
            Console.WriteLine($"{order.Appliance.Name}: {output}");
            return 0;
        }));
        return command;
    }

    private static Command VerifyCommand()
    {
        var image = new Argument<string>("FOLDER") { Description = "of an image, with its " + BuildRecord.FileName };
        var archive = new Option<string>("--archive") { Description = "where Debian packages come from that the mirror has no more", DefaultValueFactory = _ => SnapshotArchive.Default };
        var command = new Command("verify", "Builds the same commit again, in another place, and compares every file.") { image, archive };
        command.SetAction((arguments, _) => SayAsync(() =>
            new Rebuilding(Path.GetFullPath(arguments.GetValue(Cache)!), ReadAddress(arguments, Mirror), ReadAddress(arguments, archive), Console.Out).VerifyAsync(Path.GetFullPath(arguments.GetValue(image)!))));
        return command;
    }

    private static Command LockCommand()
    {
        var force = new Option<bool>("--force") { Description = "also replaces a package by an older one, and a lock file that cannot be read" };
        var command = new Command("lock", "Renews the lock file: the newest version of each Debian package.") { force };
        command.SetAction((arguments, _) => SayAsync(async () =>
        {
            var path = arguments.GetValue(LockFile) ?? DefaultLockFile(SourceRepository.FindRoot());
            var before = File.Exists(path) && !arguments.GetValue(force) ? await ReadLockAsync(path) : new([]);
            var renewed = await LockRenewal.RenewAsync(ReadAddress(arguments, Mirror));
            if (before.FindOlder(renewed) is [var (locked, older), ..])
                throw new BuildException($"The mirror names {older.Name} {older.Version} for {older.Architecture}, and {locked.Version} is locked: the mirror is behind, or somebody shows an old state of it; --force takes it all the same");
            await File.WriteAllTextAsync(path, renewed.Write());
            Console.WriteLine($"{path} is renewed");
            return 0;
        }));
        return command;
    }

    private static async Task<int> SayAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception exception) when (exception is BuildException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"images: {exception.Message}");
            return 1;
        }
    }

    private static async Task<PackageStore> OpenStoreAsync(ParseResult arguments, SourceRepository repository)
    {
        var packages = await ReadLockAsync(arguments.GetValue(LockFile) ?? DefaultLockFile(repository.Root));
        return new(packages, arguments.GetValue(Cache)!, ReadAddress(arguments, Mirror));
    }

    private static async Task<PackageLock> ReadLockAsync(string path) =>
        PackageLock.TryParse(await File.ReadAllTextAsync(path), out var packages, out var error) ? packages : throw new BuildException($"{path}: {error}");

    private static string ReadAddress(ParseResult arguments, Option<string> option)
    {
        var text = arguments.GetValue(option)!.TrimEnd('/');
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? text
            : throw new BuildException($"{option.Name} is '{text}': write an address such as {PackageStore.DefaultMirror}");
    }

    private static string DefaultLockFile(string root) => Path.Combine(root, "images", "debian.lock");

    private static ApplianceImage FindAppliance(string name) =>
        ApplianceImage.All.FirstOrDefault(image => image.Name == name) ?? throw new BuildException($"There is no appliance '{name}': write one of {string.Join(", ", ApplianceImage.All.Select(image => image.Name))}");

    private static Architecture FindArchitecture(string name) =>
        Architecture.All.FirstOrDefault(architecture => architecture.Name == name) ?? throw new BuildException($"There is no architecture '{name}': write amd64 or arm64");
}
