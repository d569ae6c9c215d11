using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Riad.Host.Sandbox;
using Xunit;

namespace Riad.Host.Tests.Sandbox;

public sealed class ThreadSignalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(Architecture.X64, "restrict-x64.S", "")]
    [InlineData(Architecture.Arm64, "restrict-arm64.S", "aarch64-linux-gnu-")]
    public void The_handler_is_what_its_source_says(Architecture processor, string source, string tools)
    {
        if (tools.Length == 0 && RuntimeInformation.ProcessArchitecture != processor)
            return;
        var place = folder.PathOf("restrict");
        // A machine that does not have the other processor's assembler cannot tell; make test-all installs it.
        if (!TryRun(tools + "as", "-o", place + ".o", Path.Combine(AppContext.BaseDirectory, "Sandbox", source)))
            return;
        Assert.True(TryRun(tools + "ld", "-Ttext=0", "-e", "0", "-o", place + ".elf", place + ".o"));
        Assert.True(TryRun(tools + "objcopy", "-O", "binary", "-j", ".text", place + ".elf", place));

        Assert.Equal(File.ReadAllBytes(place), ThreadSignal.CodeFor(processor).ToArray());
    }

    [Fact]
    public void Another_processor_has_no_handler() => Assert.True(ThreadSignal.CodeFor(Architecture.RiscV64).IsEmpty);

    public void Dispose() => folder.Dispose();

    private static bool TryRun(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
