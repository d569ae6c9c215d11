using Riad.Core;

namespace Riad.Images.Io.Building;

/// <summary>What is to be built, from what, and where to.</summary>
/// <param name="Appliance">Which.</param>
/// <param name="Architecture">For which machine.</param>
/// <param name="Output">The folder that it goes to; those of the build before are replaced.</param>
/// <param name="Program">A program that is built already, in the place of one published now; null for none.</param>
/// <param name="IsQuick">True for larger files in less time, for trying something out.</param>
/// <param name="HasOwnLock">True when the packages are those of another lock file than the commit's.</param>
internal sealed record BuildOrder(ApplianceImage Appliance, Architecture Architecture, string Output, string? Program, bool IsQuick, bool HasOwnLock)
{
    /// <summary>The options by which the image is another than the commit alone would make.</summary>
    public Seq<string> Options => new (string Name, bool IsGiven)[] { ("--lock", HasOwnLock), ("--program", Program is not null), ("--quick", IsQuick) }.Where(option => option.IsGiven).Select(option => option.Name).ToSeq();
}
