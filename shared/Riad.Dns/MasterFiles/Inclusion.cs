using Riad.Core;

namespace Riad.Dns.MasterFiles;

/// <summary>One time that a file was included.</summary>
/// <param name="Path">As it is opened.</param>
/// <param name="Origin">What completes relative names at the file's end.</param>
/// <param name="DefaultTtl">What a record at the file's end has for a TTL when it has none of its own; null when there is no $TTL.</param>
internal readonly record struct Inclusion(string Path, Octets Origin, uint? DefaultTtl);
