namespace Riad.Images.Packages;

/// <summary>A package that images want.</summary>
/// <param name="Text">Its name in Debian. A kernel's is the one of the package that stands for the newest, such as <c>linux-image-cloud-amd64</c>.</param>
public readonly record struct PackageName(string Text)
{
    private const string Kernel = "linux-image-";

    /// <summary>True when it stands for the newest of several.</summary>
    public bool IsKernel => Text.StartsWith(Kernel, StringComparison.Ordinal);

    /// <summary>The name that a package is wanted by: its own, or for a kernel with its version, such as linux-image-6.1.0-56-cloud-amd64, the one that stands for the newest.</summary>
    public static PackageName Of(string package)
    {
        var rest = package.StartsWith(Kernel, StringComparison.Ordinal) ? package[Kernel.Length..] : "";
        // A version of two parts, then the flavour.
        return rest.Split('-', 3) is [{ Length: > 0 } first, { Length: > 0 } second, { Length: > 0 } flavour] && char.IsAsciiDigit(first[0]) && second.All(char.IsAsciiDigit)
            ? new(Kernel + flavour)
            : new(package);
    }

    /// <summary>True for the name itself, and for a kernel's with its version.</summary>
    public bool Fits(string name) => Of(name) == this && (!IsKernel || name != Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
