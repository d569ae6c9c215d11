using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Riad.Core;
using Riad.Images.Archives;
using Riad.Images.Boot;
using Riad.Images.Containers;
using Riad.Images.Disks;
using Riad.Images.Io.Packages;
using Riad.Images.Packages;
using Riad.Images.Records;
using Riad.Images.Trees;

namespace Riad.Images.Io.Building;

/// <summary>Makes every file of an image.</summary>
internal sealed class ImageBuilder(SourceRepository repository, PackageStore store, TextWriter output)
{
    // Room for a journal that is worth its name, and little to copy. It grows on the disk that it is put on.
    private const int DataLength = 128 * Disk.Mebibyte;

    /// <summary>Builds.</summary>
    /// <exception cref="BuildException">Something is missing.</exception>
    public async Task<BuildRecord> BuildAsync(BuildOrder order)
    {
        var (appliance, architecture) = (order.Appliance, order.Architecture);
        // First: where it may not go, nothing is built.
        using var folder = ProductFolder.Open(order.Output);
        var program = await File.ReadAllBytesAsync(order.Program ?? await Publishing.RunAsync(repository, appliance, architecture));
        var kernel = await store.ReadAsync(architecture.Name, [architecture.Kernel]);
        var others = await store.ReadAsync(architecture.Name, [.. appliance.PackagesFor(architecture).Where(name => name != architecture.Kernel)]);
        var bought = order.Program is null ? await NuGetIngredients.ReadAsync(repository, appliance, architecture) : NuGetIngredients.Unknown;
        if (!RootFileSystem.TryBuild(architecture, others, program, appliance.Companion, out var root, out var missing))
            throw Missing(missing);
        root = root.With(CollectLicences(architecture, others, appliance.RootPackages)).With(bought.Licences)
            .With(LicenceTexts.PlaceOf("riad"), new Node.File(await File.ReadAllBytesAsync(Path.Combine(repository.Root, "LICENSE")), Modes.Text));
        var machine = root.With(CollectLicences(architecture, others.With(kernel), architecture.BootPackages));
        using var tools = await ToolFolder.OpenAsync(store);

        WriteContainer(folder, order, root);
        await WriteMachineAsync(folder, order, tools, kernel, others, BootFileSystem.BuildRoot(machine, kernel));

        var record = new BuildRecord(
            appliance.Name, architecture.Name, SourceRepository.Version, repository.Commit, repository.Time,
            (await ExternalProgram.RunAsync("dotnet", ["--version"])).Text.Trim(), RuntimeInformation.FrameworkDescription, order.Options, [.. ListPackages(order), .. bought.Ingredients], [.. folder.Files]);
        folder.Write(BillOfMaterials.FileName, BillOfMaterials.Write(record));
        folder.Write(BuildRecord.FileName, record.Write());
        folder.Complete();
        return record;
    }

    private void WriteContainer(ProductFolder folder, BuildOrder order, FileTree root)
    {
        var container = ContainerImage.Build(root, new(order.Appliance, order.Architecture, SourceRepository.Version, repository.Commit, repository.Time));
        foreach (var (path, content) in container.Layout)
            folder.Write("oci/" + path, content);
        folder.Write(order.Appliance.Name + ".tar", container.WriteArchive());
        output.WriteLine($"{order.Appliance.Name}: container layer {Mebibytes(container.LayerLength)}");
    }

    private async Task WriteMachineAsync(ProductFolder folder, BuildOrder order, ToolFolder tools, PackageFiles kernel, PackageFiles others, FileTree root)
    {
        var (name, architecture) = (order.Appliance.Name, order.Architecture);
        if (!BootFileSystem.TryBuildArchive(architecture, kernel, await MakeRootAsync(tools, root, order.IsQuick), out var archive, out var fault))
            throw new BuildException($"The locked kernel will not do: {fault}");
        var initramfs = CpioArchive.Write(archive, repository.Time);
        var image = BootFileSystem.Kernel(kernel);
        var line = KernelLine.Write(architecture.Console, panic: -1);
        folder.Write("vmlinuz", image);
        folder.Write("initramfs.cpio", initramfs);
        folder.Write("cmdline.txt", Encoding.ASCII.GetBytes(line + "\n"));
        output.WriteLine($"{name}: kernel {Mebibytes(image.Length)}, initramfs {Mebibytes(initramfs.Length)}");

        var unified = Unify(architecture, others, name, line, image, initramfs);
        folder.Write(name + ".efi", unified);
        var data = await MakeDataAsync(tools, name);
        folder.Write("data.img", data);
        var volume = MakeBootVolume(name, FileTree.Empty.With(architecture.FirmwareName, new Node.File(unified, Modes.Program)));
        folder.Write("disk.img", GuidPartitionTable.Write(name, [new(PartitionKind.Boot, "riad-boot", volume), new(PartitionKind.Data, "riad-data", data)]));
        if (architecture == Architecture.Arm64)
        {
            if (!RaspberryPi.TryBuild(others, kernel, image, initramfs, out var boot, out var missing))
                throw Missing(missing);
            var card = MakeBootVolume(name, boot);
            folder.Write("sd-card.img", MasterBootRecord.Write(Number(name), [new(PartitionKind.Boot, "riad-boot", card), new(PartitionKind.Data, "riad-data", data)]));
        }
    }

    private static byte[] Unify(Architecture architecture, PackageFiles packages, string name, string line, ReadOnlyMemory<byte> kernel, ReadOnlyMemory<byte> initramfs)
    {
        if (!packages.TryFind(architecture.Stub, out var stub))
            throw Missing(architecture.Stub);
        var system = $"ID=riad\nNAME=Riad\nPRETTY_NAME=\"Riad {name} {SourceRepository.Version}\"\nVERSION_ID={SourceRepository.Version}\n";
        // The kernel last: it may use memory behind what the file has.
        Seq<PeSection> sections =
        [
            new(".osrel", Encoding.ASCII.GetBytes(system)), new(".cmdline", Encoding.ASCII.GetBytes(line + "\0")), new(".initrd", initramfs), new(".linux", kernel),
        ];
        return PortableExecutable.TryAppend(stub.Span, sections, out var unified, out var fault) ? unified : throw new BuildException($"/{architecture.Stub} takes no sections: {fault}");
    }

    private byte[] MakeBootVolume(string name, FileTree tree)
    {
        var content = tree.Nodes.Values.OfType<Node.File>().Sum(file => (long)file.Content.Length);
        var length = Math.Max(64L * Disk.Mebibyte, Disk.RoundUp(content + (content / 64) + (8 * Disk.Mebibyte)));
        return length <= Fat32.Largest
            ? Fat32.Write("RIAD", Number(name), (int)length, tree, repository.Time)
            : throw new BuildException($"Kernel and program have {Mebibytes(content)}, which is more than the boot volume can hold");
    }

    // The time that it is to have comes as a variable, which mksquashfs takes only where no option says the same.
    private async Task<byte[]> MakeRootAsync(ToolFolder tools, FileTree root, bool isQuick)
    {
        var file = Path.Combine(tools.Path, BootFileSystem.RootName);
        await tools.RunAsync(BuildTools.MakeCompressedFileSystem,
            ["-", file, "-tar", "-root-mode", "0755", "-root-uid", "0", "-root-gid", "0", "-no-xattrs", "-no-exports", "-comp", "zstd", "-Xcompression-level", isQuick ? "3" : "22", "-b", "256K", "-processors", "1", "-quiet", "-no-progress"],
            TarArchive.Write(root, repository.Time),
            new Dictionary<string, string>(StringComparer.Ordinal) { [SourceDate.Variable] = SourceDate.Write(repository.Time) });
        return await File.ReadAllBytesAsync(file);
    }

    // An empty file system that any size of disk may grow from. What is in it depends on nothing but the name.
    private async Task<byte[]> MakeDataAsync(ToolFolder tools, string name)
    {
        var (file, identifier) = (Path.Combine(tools.Path, "data.img"), new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name + " data")).AsSpan(0, 16)));
        await using (var created = File.Create(file))
            created.SetLength(DataLength);
        await tools.RunAsync(BuildTools.MakeFileSystem,
            ["-q", "-F", "-t", "ext4", "-b", "4096", "-I", "256", "-i", "16384", "-m", "0", "-L", "riad-data", "-U", identifier.ToString(), "-E", $"hash_seed={identifier},lazy_itable_init=0,lazy_journal_init=0,nodiscard", "-J", "size=16", file],
            environment: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["MKE2FS_CONFIG"] = tools.Place(BuildTools.FileSystemDefaults),
                ["E2FSPROGS_FAKE_TIME"] = repository.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            });
        return await File.ReadAllBytesAsync(file);
    }

    // What has no text of its licence is not passed on.
    private FileTree CollectLicences(Architecture architecture, PackageFiles files, ImmutableArray<PackageName> packages) =>
        LicenceTexts.TryCollect(files, packages.Select(name => store.Find(architecture.Name, name).Name), out var texts, out var missing) ? texts : throw Missing(missing);

    private IEnumerable<Ingredient> ListPackages(BuildOrder order)
    {
        // What is in the image first: a tool's package may be the same.
        var packages = order.Appliance.PackagesFor(order.Architecture).Select(name => (Package: store.Find(order.Architecture.Name, name), IsInImage: true))
            .Concat(BuildTools.Packages.Select(name => (Package: store.Find(Architecture.Amd64.Name, name), IsInImage: false)))
            .DistinctBy(entry => (entry.Package.Name, entry.Package.Version, entry.Package.Target));
        return packages.Select(entry => new Ingredient(IngredientKind.Debian, entry.Package.Name, entry.Package.Version, entry.Package.Target, entry.IsInImage ? DebianLicences.Of(entry.Package.Name) : "", $"sha256:{entry.Package.Sha256}", entry.IsInImage) { Supplier = "Debian", Source = entry.Package.Source });
    }

    private static BuildException Missing(string path) => new($"No locked package has /{path}: 'make lock' renews the lock file");

    private static uint Number(string name) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    private static string Mebibytes(long octets) => string.Create(CultureInfo.InvariantCulture, $"{octets / 1e6:F1} MB");
}
