namespace Riad.Dns.MasterFiles;

/// <summary>A place between two entries of a master file, behind a line end.</summary>
/// <param name="Offset">Octets from the start of the file.</param>
/// <param name="State">What reading on from here needs.</param>
internal readonly record struct Checkpoint(int Offset, ReadingState State);
