namespace Riad.Images.Boot;

/// <summary>A section to add to a program for UEFI.</summary>
/// <param name="Name">At most eight octets of ASCII, with the dot in front.</param>
/// <param name="Content">Its octets.</param>
public sealed record PeSection(string Name, ReadOnlyMemory<byte> Content);
