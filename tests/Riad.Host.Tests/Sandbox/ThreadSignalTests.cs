using System.Diagnostics;
using System.Runtime.InteropServices;
using Riad.Host.Sandbox;
using Xunit;

namespace Riad.Host.Tests.Sandbox;

public sealed class ThreadSignalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [AssemblerFact(Architecture.X64)]
    public void The_handler_for_x86_64_is_what_its_source_says() => Assert.Equal(Assemble(Architecture.X64, "restrict-x64.S"), ThreadSignal.CodeFor(Architecture.X64).ToArray());

    [AssemblerFact(Architecture.Arm64)]
    public void The_handler_for_ARM64_is_what_its_source_says() => Assert.Equal(Assemble(Architecture.Arm64, "restrict-arm64.S"), ThreadSignal.CodeFor(Architecture.Arm64).ToArray());

    [Fact]
    public void Another_processor_has_no_handler() => Assert.True(ThreadSignal.CodeFor(Architecture.RiscV64).IsEmpty);

    public void Dispose() => folder.Dispose();

    private byte[] Assemble(Architecture processor, string source)
    {
        var (tools, place) = (AssemblerFactAttribute.ToolsFor(processor), folder.PathOf("restrict"));
        Run(tools + "as", "-o", place + ".o", Path.Combine(AppContext.BaseDirectory, "Sandbox", source));
        Run(tools + "ld", "-Ttext=0", "-e", "0", "-o", place + ".elf", place + ".o");
        Run(tools + "objcopy", "-O", "binary", "-j", ".text", place + ".elf", place);
        return File.ReadAllBytes(place);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
