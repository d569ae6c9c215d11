using Riad.Interop.Tests.Running;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>A program for ARM in the place of an appliance's, whose runtime few registries have. It does what its arguments say: StandIn/stand-in.S.</summary>
internal static class StandIn
{
    /// <summary>What must be there to make it.</summary>
    public const string Assembler = "aarch64-linux-gnu-as";

    /// <summary>Makes it; gives its place.</summary>
    public static string Assemble(string folder)
    {
        var place = Path.Combine(folder, "stand-in");
        Tool.Run("sh", ["-c", $"aarch64-linux-gnu-as -o {place}.o stand-in.S && aarch64-linux-gnu-ld -o {place} {place}.o"], Checkout.PathOf("tests", "interop", "Riad.Images.Interop.Tests", "StandIn")).MustSucceed();
        return place;
    }
}
