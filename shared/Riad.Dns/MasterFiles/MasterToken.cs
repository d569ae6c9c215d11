namespace Riad.Dns.MasterFiles;

/// <summary>One word of a master file: where it stands in the file's octets.</summary>
/// <param name="Start">Offset of the first octet, inside the quotes where there are any.</param>
/// <param name="Length">Octets, escapes counted as written, quotes not counted.</param>
/// <param name="Quoted">True when it stood in double quotes.</param>
/// <remarks>Source: RFC 1035 §5.1.</remarks>
public readonly record struct MasterToken(int Start, int Length, bool Quoted);
