namespace Riad.Images.Interop.Tests.Running;

/// <summary>What the first octets of a program say.</summary>
/// <remarks>Source: System V ABI, "ELF header"; ELF for the Arm 64-bit architecture, e_machine.</remarks>
internal static class Elf
{
    private const byte Arm64 = 183;

    public static bool IsProgram(byte[] file) => file.AsSpan().StartsWith("\u007fELF"u8);

    public static bool IsForArm(byte[] file) => IsProgram(file) && file is [_, _, _, _, 2, 1, ..] && file[18] == Arm64 && file[19] == 0;
}
