namespace Riad.Interop.Tests.Running;

/// <summary>Where this checkout lies, found from the test's own folder.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>A file of the checkout, by its path from the root.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Riad.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException("the tests must run from a checkout");
    }
}
