namespace Riad.Host.Sandbox;

/// <summary>One instruction of a filter that the kernel runs before every system call.</summary>
/// <param name="Code">What it does; one of the constants here.</param>
/// <param name="IfTrue">How many instructions to pass over after a comparison that holds.</param>
/// <param name="IfFalse">The same after one that does not.</param>
/// <param name="Operand">What it does it with.</param>
/// <remarks>Source: Linux, Documentation/networking/filter.rst; struct sock_filter, eight octets in this order.</remarks>
internal readonly record struct FilterInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand)
{
    /// <summary>Takes the 32-bit word at an offset of struct seccomp_data.</summary>
    public const ushort Load = 0x20;

    /// <summary>Compares for equality.</summary>
    public const ushort JumpIfEqual = 0x15;

    /// <summary>Compares for greater or equal.</summary>
    public const ushort JumpIfAtLeast = 0x35;

    /// <summary>Asks whether a bit of the operand is set.</summary>
    public const ushort JumpIfAny = 0x45;

    /// <summary>Ends with a verdict.</summary>
    public const ushort Return = 0x06;
}
