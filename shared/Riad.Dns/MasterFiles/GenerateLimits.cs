namespace Riad.Dns.MasterFiles;

/// <summary>How many records $GENERATE may make: a line of text must not fill the memory.</summary>
internal static class GenerateLimits
{
    public const int PerLine = 65536;

    public const int PerZone = 1 << 20;
}
