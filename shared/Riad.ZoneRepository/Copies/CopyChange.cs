using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Riad.Dns.Names;
using Riad.Dns.Transfers.Incoming;
using Riad.Dns.Zones;

namespace Riad.ZoneRepository.Copies;

/// <summary>What is to be kept of one zone: a closed family.</summary>
public abstract record CopyChange
{
    private CopyChange(DomainName apex) => Apex = apex;

    /// <summary>The zone's name.</summary>
    public DomainName Apex { get; }

    /// <summary>A new version.</summary>
    /// <param name="Account">What is known of it.</param>
    /// <param name="Zone">The version.</param>
    /// <param name="Steps">What led to it from the version before; empty when it came whole.</param>
    public sealed record Version(CopyAccount Account, Zone Zone, ImmutableArray<ZoneStep> Steps) : CopyChange(Account.Apex);

    /// <summary>No longer followed.</summary>
    public sealed record Removed(DomainName Apex) : CopyChange(Apex);

    /// <summary>One line for people who run git log.</summary>
    public string Summary => $"{Apex.ToStringWithoutFinalDot()}: {Describe()}";

    private string Describe() => this switch
    {
        Version { Steps.IsEmpty: true } whole => $"serial {whole.Zone.Serial}, AXFR from {whole.Account.Primary}, {Count(whole.Zone.RecordCount)}",
        Version steps => $"serial {steps.Zone.Serial}, IXFR from {steps.Account.Primary}, {Count(steps.Steps.Sum(step => (long)step.Added.Length))} added, "
            + string.Create(CultureInfo.InvariantCulture, $"{steps.Steps.Sum(step => (long)step.Removed.Length)} removed"),
        Removed => "no longer followed",
        _ => throw new UnreachableException(),
    };

    private static string Count(long records) => records == 1 ? "1 record" : string.Create(CultureInfo.InvariantCulture, $"{records} records");
}
