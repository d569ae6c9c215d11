using Riad.Git.Objects;

namespace Riad.ZoneRepository.Files;

/// <summary>A file that a zone was read from: itself, or an include.</summary>
/// <param name="Path">From the root of the repository.</param>
/// <param name="Blob">Its content.</param>
public readonly record struct SourceFile(string Path, ObjectId Blob);
