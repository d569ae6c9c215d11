using Riad.Interop.Tests.Running;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>The program that makes images, as a process of its own.</summary>
internal static class Builder
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Riad.Images.Io.dll");

    // Less than what ends a hanging run of tests.
    private static readonly TimeSpan Patience = Environment.GetEnvironmentVariable("RIAD_TESTS") is "all" ? TimeSpan.FromMinutes(40) : TimeSpan.FromMinutes(9);

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
        if (!IsReplaced(result))
            return result;
        Run("lock", "--lock", renewed).MustSucceed();
        return RunIn(from, environment, [.. arguments, "--lock", renewed]);
    }

    /// <summary>The same in a clone: there the newest ones are committed, as an image that is to be verified demands.</summary>
    /// <param name="clone">The clone.</param>
    /// <param name="arguments">What to do.</param>
    public static ToolResult RunInClone(string clone, params string[] arguments)
    {
        var result = RunIn(clone, [], arguments);
        if (!IsReplaced(result))
            return result;
        RunIn(clone, [], "lock").MustSucceed();
        Tool.Git(clone, "commit", "--quiet", "--all", "--message", "What Debian has now").MustSucceed();
        return RunIn(clone, [], arguments);
    }

    // Said where tests/run.sh shows it: who reads that all is well shall know that it was so with other packages.
    private static bool IsReplaced(ToolResult result)
    {
        if (!result.Error.Contains("Debian's mirror no longer has", StringComparison.Ordinal))
            return false;
        Directory.CreateDirectory(Checkout.PathOf("out", "test-results"));
        File.WriteAllText(Checkout.PathOf("out", "test-results", "images.note"), $"{result.Error.Trim()} The tests of images went on with a lock file that was renewed for them.\n");
        return true;
    }
}
