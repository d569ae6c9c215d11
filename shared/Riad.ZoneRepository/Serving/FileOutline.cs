using Riad.Dns.MasterFiles;
using Riad.Git.Objects;

namespace Riad.ZoneRepository.Serving;

/// <summary>Where the file of a zone can be entered again.</summary>
/// <param name="Blob">The very file: for any other, the places would be wrong ones.</param>
/// <param name="Outline">The places.</param>
public sealed record FileOutline(ObjectId Blob, MasterOutline Outline);
