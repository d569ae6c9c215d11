namespace Riad.Images.Records;

/// <summary>A file that a build made.</summary>
/// <param name="Path">Below the image's folder.</param>
/// <param name="Length">Octets.</param>
/// <param name="Sha256">In hexadecimal digits.</param>
public sealed record ProductFile(string Path, long Length, string Sha256);
