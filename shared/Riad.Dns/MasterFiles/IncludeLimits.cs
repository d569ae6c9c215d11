namespace Riad.Dns.MasterFiles;

/// <summary>How far $INCLUDE may go: files that include each other twice would grow without end.</summary>
internal static class IncludeLimits
{
    public const int Depth = 10;

    public const int PerZone = 1000;

    /// <summary>Octets of a zone's file and all that it includes.</summary>
    public const long TotalOctets = 512L << 20;
}
