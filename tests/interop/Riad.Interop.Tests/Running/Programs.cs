namespace Riad.Interop.Tests.Running;

/// <summary>The programs that are tested: those of this checkout, or those in the folder that RIAD_BINARIES names, such as the published ones.</summary>
internal static class Programs
{
    /// <summary>Where an appliance's program is.</summary>
    public static string PathOf(string appliance) => Environment.GetEnvironmentVariable("RIAD_BINARIES") is { Length: > 0 } folder
        ? Path.Combine(folder, appliance)
        : Checkout.PathOf("appliances", appliance, "bin", "Release", "net10.0", appliance);
}
