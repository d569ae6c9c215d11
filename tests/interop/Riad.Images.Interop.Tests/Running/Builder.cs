using Riad.Interop.Tests.Running;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>The program that makes images, as a process of its own.</summary>
internal static class Builder
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Riad.Images.Io.dll");

    // Less than what ends a hanging run of tests.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(9);

    public static ToolResult Run(params string[] arguments) => RunIn(Checkout.Root, [], arguments);

    public static ToolResult RunIn(string folder, Dictionary<string, string> environment, params string[] arguments) => Tool.Run("dotnet", [Program, .. arguments], folder, environment, patience: Patience);

    /// <summary>Runs it; where Debian has replaced a locked package, once more with the newest ones, since that is no fault of ours.</summary>
    /// <param name="folder">Where a lock file of its own may be put.</param>
    /// <param name="environment">Variables besides those of this process.</param>
    /// <param name="from">Where it runs.</param>
    /// <param name="arguments">What to do.</param>
    public static ToolResult RunWithWhatDebianHas(string folder, Dictionary<string, string> environment, string from, params string[] arguments)
    {
        var renewed = Path.Combine(folder, "debian.lock");
        if (File.Exists(renewed))
            return RunIn(from, environment, [.. arguments, "--lock", renewed]);
        var result = RunIn(from, environment, arguments);
        if (!result.Error.Contains("Debian's mirror no longer has", StringComparison.Ordinal))
            return result;
        Console.WriteLine($"{result.Error.Trim()} These tests go on with a lock file that was renewed for them.");
        Run("lock", "--lock", renewed).MustSucceed();
        return RunIn(from, environment, [.. arguments, "--lock", renewed]);
    }
}
