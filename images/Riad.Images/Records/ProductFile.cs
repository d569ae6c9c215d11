namespace Riad.Images.Records;

/// <summary>A file that a build made.</summary>
/// <param name="Path">Below the image's folder.</param>
/// <param name="Length">Octets.</param>
/// <param name="Sha256">In hexadecimal digits.</param>
public sealed record ProductFile(string Path, long Length, string Sha256)
{
    /// <summary>True for a path that stays in the folder that it is below of, and on one line.</summary>
    public static bool IsPath(string path) => path.Split('/').All(step => step is not ("" or "." or "..")) && !path.AsSpan().ContainsAnyInRange('\0', '\x1F');
}
