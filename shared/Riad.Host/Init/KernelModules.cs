using System.Runtime.InteropServices;
using Riad.Net.Machine;

namespace Riad.Host.Init;

/// <summary>Loads the kernel's modules for the devices that the kernel has found.</summary>
internal sealed class KernelModules
{
    // A bus shows its devices only when its own module is there; a disk behind two buses needs three rounds.
    private const int MaxRounds = 6;

    private readonly Lock looking = new();
    private readonly MachineLog log;
    private readonly string folder;
    private readonly ModuleAliases aliases;
    private readonly ModuleDependencies dependencies;
    private readonly HashSet<string> devices = new(StringComparer.Ordinal);
    private readonly HashSet<string> tried = new(StringComparer.Ordinal);

    private KernelModules(MachineLog log, string folder)
    {
        this.log = log;
        this.folder = folder;
        aliases = ModuleAliases.Read(File.ReadAllText(folder + "/modules.alias"));
        dependencies = ModuleDependencies.Read(File.ReadAllText(folder + "/modules.dep"));
    }

    /// <summary>Reads which modules there are; null when there are none.</summary>
    public static KernelModules? Open(MachineLog log)
    {
        var modules = "/lib/modules/" + File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        if (!File.Exists(modules + "/modules.alias") || !File.Exists(modules + "/modules.dep"))
        {
            log.Say($"no modules in {modules}");
            return null;
        }
        return new(log, modules);
    }

    /// <summary>Loads what devices need that were not there before, in as many rounds as devices appear.</summary>
    public void Load()
    {
        lock (looking)
            LoadFresh();
    }

    /// <summary>Loads a module that no device asks for, and what it needs.</summary>
    public void LoadNamed(string module)
    {
        lock (looking)
            LoadAll(dependencies.FilesFor(module));
    }

    private void LoadFresh()
    {
        var before = tried.Count;
        for (var round = 0; round < MaxRounds; round++)
        {
            var fresh = Devices("/sys/devices").Where(devices.Add).ToList();
            if (fresh.Count == 0)
                break;
            LoadAll(fresh.SelectMany(aliases.ModulesFor).SelectMany(module => dependencies.FilesFor(module)));
        }
        if (tried.Count > before)
            log.Say($"{tried.Count} modules for {devices.Count} kinds of devices");
    }

    private void LoadAll(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            if (tried.Add(file))
                LoadOne(Path.Combine(folder, file));
        }
    }

    // By hand: below /sys there are links that lead in circles, and files that end the enumeration when read.
    internal static IEnumerable<string> Devices(string folder)
    {
        var file = folder + "/modalias";
        if (File.Exists(file) && TryRead(file) is { Length: > 0 } device)
            yield return device;
        foreach (var inner in Folders(folder))
        {
            foreach (var found in Devices(inner))
                yield return found;
        }
    }

    // A device that is pulled out takes its folder with it, at any moment.
    private static IEnumerable<string> Folders(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateDirectories().Where(inner => inner.LinkTarget is null).Select(inner => inner.FullName)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private unsafe void LoadOne(string path)
    {
        var descriptor = Native.Open(path, Native.O_RDONLY | Native.O_CLOEXEC);
        if (descriptor < 0)
        {
            log.Say($"{path} cannot be opened: {Native.Reason}");
            return;
        }
        byte none = 0;
        var done = Native.SystemCall(FinishInitModule, descriptor, (nint)(&none), 0);
        var error = Marshal.GetLastPInvokeError();
        _ = Native.Close(descriptor);
        if (done != 0 && error != Native.EEXIST)
            log.Say($"{path} cannot be loaded: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private static nint FinishInitModule => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 273 : 313;
}
