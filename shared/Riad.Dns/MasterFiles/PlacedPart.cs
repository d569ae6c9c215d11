namespace Riad.Dns.MasterFiles;

/// <summary>A part of a file that can be read alone: whole entries, none of which includes or generates records.</summary>
/// <param name="Start">Octets from the start of the file.</param>
/// <param name="End">Octets from the start of the file to what follows the part.</param>
/// <param name="Before">What reading it needs.</param>
internal readonly record struct PlacedPart(int Start, int End, ReadingState Before)
{
    public int Length => End - Start;
}
