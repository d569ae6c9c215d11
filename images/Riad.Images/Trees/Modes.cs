namespace Riad.Images.Trees;

/// <summary>The permission bits that images use.</summary>
public static class Modes
{
    /// <summary>rwxr-xr-x: a program, a library, a folder.</summary>
    public const int Program = 0b111_101_101;

    /// <summary>rw-r--r--: text.</summary>
    public const int Text = 0b110_100_100;

    /// <summary>rwx------: what belongs to one user alone.</summary>
    public const int Private = 0b111_000_000;

    /// <summary>rw-------: a device of the kernel.</summary>
    public const int Device = 0b110_000_000;

    /// <summary>rwxrwxrwt: anybody writes, nobody removes what is another's.</summary>
    public const int Shared = 0b1_111_111_111;
}
