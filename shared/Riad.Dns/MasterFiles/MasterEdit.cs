using System.Collections.Immutable;

namespace Riad.Dns.MasterFiles;

/// <summary>The files of a zone that an edit changed.</summary>
/// <param name="Own">The zone's own file; null when it stays as it is.</param>
/// <param name="Includes">Included files that changed, by path, in ordinal order of paths.</param>
public sealed record MasterEdit(byte[]? Own, ImmutableSortedDictionary<string, byte[]> Includes);
