using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;

namespace Riad.Dns.Zones.Checks;

/// <summary>A fault of the zone whose place in the text is not known yet.</summary>
/// <param name="Fault">Which.</param>
/// <param name="Severity">Whether the zone is refused.</param>
/// <param name="Owner">The owner of the records at fault.</param>
/// <param name="Type">The number of their type; 0 for any.</param>
/// <param name="Data">The data of the one record at fault; empty for any.</param>
/// <param name="Sentence">What is wrong; what to write instead.</param>
internal sealed record Suspicion(ZoneFault Fault, Severity Severity, DomainName Owner, ushort Type, Octets Data, string Sentence)
{
    /// <summary>True once its place was told.</summary>
    public bool IsTold { get; set; }

    /// <summary>How many of its records came by: some faults are complete only with the second.</summary>
    public int Met { get; set; }

    /// <summary>The first type that came by.</summary>
    public ushort FirstType { get; set; }
}
