using Riad.Images.Boot;
using Riad.Images.Tests.Boot;

namespace Riad.Fuzz.Images;

/// <summary>Kernel modules and programs for UEFI: any octets are one, or are refused.</summary>
internal sealed class KernelModuleTarget : IFuzzTarget
{
    public string Name => "kernel-module";

    public IEnumerable<byte[]> Seeds => [SampleFiles.Module(".modinfo", "depends=a,b\0alias=c\0"), SampleFiles.Program()];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (KernelModule.TryRead("kernel/x-y.ko", octets, out var module) && module.Name != "x_y")
            throw new InvalidOperationException("another name");
        if (PortableExecutable.TryAppend(octets, [new(".linux", new byte[100])], out var unified, out _) && unified.Length < octets.Length + 100)
            throw new InvalidOperationException("something is lost");
    }
}
