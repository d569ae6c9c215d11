namespace Riad.Images.Packages;

/// <summary>A package that images want.</summary>
/// <param name="Text">Its name in Debian. A kernel's is the one of the package that stands for the newest, such as <c>linux-image-cloud-amd64</c>.</param>
public readonly record struct PackageName(string Text)
{
    private const string Kernel = "linux-image-";

    /// <summary>True when it stands for the newest of several.</summary>
    public bool IsKernel => Text.StartsWith(Kernel, StringComparison.Ordinal);

    /// <summary>True for the name itself, and for a kernel's with its version.</summary>
    public bool Fits(string name)
    {
        if (!IsKernel)
            return name == Text;
        var flavour = Text[Kernel.Length..];
        var rest = name.StartsWith(Kernel, StringComparison.Ordinal) ? name[Kernel.Length..] : "";
        // 6.1.0-56-cloud-amd64: a version of two parts, then the flavour.
        return rest.Split('-', 3) is [{ Length: > 0 } first, { Length: > 0 } second, var last] && char.IsAsciiDigit(first[0]) && second.All(char.IsAsciiDigit) && last == flavour;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
