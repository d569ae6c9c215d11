using Microsoft.Extensions.Logging;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Notify;
using Riad.Dns.Secondary;

namespace Riad.DnsSecondary.Following;

/// <summary>Tells the operator what becomes of zones: a line for each event, and of a failure that lasts only its beginning.</summary>
internal sealed class ZoneLog(ILogger log, Func<Elapsed> now)
{
    private readonly Dictionary<DomainName, string> failing = [];

    /// <summary>Writes what is worth a line.</summary>
    public void Tell(SecondaryOutput output)
    {
        switch (output)
        {
            case SecondaryOutput.Followed(var apex, var origin):
                log.LogInformation("zone followed zone={Zone} because={Why}", Text(apex), Why(origin));
                break;
            case SecondaryOutput.Left(var apex, var origin):
                failing.Remove(apex);
                log.LogInformation("zone left zone={Zone} was={Why}", Text(apex), Why(origin));
                break;
            case SecondaryOutput.Recalled(var zone, _, var isExpired):
                log.LogInformation("zone taken from the state zone={Zone} serial={Serial} records={Records} served={Served}", Text(zone.Apex), zone.Serial.Value, zone.RecordCount, isExpired ? "no, it has expired" : "yes");
                break;
            case SecondaryOutput.Changed changed:
                TellChange(changed);
                break;
            case SecondaryOutput.Expired(var apex):
                log.LogError("zone expired, so it is not served zone={Zone}", Text(apex));
                break;
            case SecondaryOutput.Restored(var apex):
                failing.Remove(apex);
                log.LogInformation("zone served again zone={Zone}", Text(apex));
                break;
            case SecondaryOutput.GaveUp(var apex, var primary, var failure, var retryAt):
                TellFailure(apex, primary, failure, retryAt);
                break;
            case SecondaryOutput.CatalogRefused(var apex, var fault):
                log.LogError("catalog not understood, what it said before stays catalog={Zone} reason={Reason}", Text(apex), Sentence(fault));
                break;
        }
    }

    /// <summary>Writes what became of a NOTIFY.</summary>
    public void Tell(NotifyOutput output)
    {
        if (output is NotifyOutput.GaveUp(var on, var zone, var serial))
            log.LogWarning("a further secondary does not answer NOTIFY secondary={Secondary} zone={Zone} serial={Serial}", on, Text(zone), serial.Value);
    }

    /// <summary>Writes why a zone is not followed that a NOTIFY taught. From any thread.</summary>
    public void TellUnlearned(DomainName zone, string reason) =>
        log.LogWarning("zone not followed, though a key that may teach it told of it zone={Zone} reason={Reason}", Text(zone), reason);

    /// <summary>What is wrong with a catalog, in words.</summary>
    public static string Sentence(CatalogFault fault) => fault switch
    {
        CatalogFault.VersionMissing => "it has no version, or several",
        CatalogFault.VersionUnknown => "its version is not 2",
        CatalogFault.EntryAmbiguous => "an entry names several zones",
        CatalogFault.ZoneTwice => "two entries name the same zone",
        CatalogFault.TooMany => "it names too many zones",
    };

    private void TellChange(SecondaryOutput.Changed changed)
    {
        failing.Remove(changed.Zone.Apex);
        var how = changed.Steps.IsEmpty ? "whole" : "by differences";
        log.LogInformation(
            "zone transferred zone={Zone} serial={Serial} before={Before} records={Records} how={How} primary={Primary}",
            Text(changed.Zone.Apex), changed.Zone.Serial.Value, changed.Before?.Serial.ToString() ?? "none", changed.Zone.RecordCount, how, changed.Primary.Endpoint);
        if (changed.Ignored > 0)
            log.LogWarning("records outside of the zone were left out zone={Zone} records={Records} primary={Primary}", Text(changed.Zone.Apex), changed.Ignored, changed.Primary.Endpoint);
    }

    private void TellFailure(DomainName apex, PrimaryServer primary, RefreshFailure failure, Elapsed retryAt)
    {
        var reason = failure.ToString();
        var level = failing.GetValueOrDefault(apex) == reason ? LogLevel.Debug : LogLevel.Warning;
        failing[apex] = reason;
        log.Log(level, "zone could not be refreshed zone={Zone} primary={Primary} reason={Reason} again_in={Again}s", Text(apex), primary.Endpoint, reason, (long)(retryAt - now()).TotalSeconds);
    }

    private static string Why(ZoneOrigin origin) => origin switch
    {
        ZoneOrigin.Given => "--zone",
        ZoneOrigin.Catalog => "--catalog",
        ZoneOrigin.Member(var catalog, _, _) => $"catalog {catalog.ToStringWithoutFinalDot()}",
        ZoneOrigin.Learned => "NOTIFY",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Text(DomainName name) => name.ToStringWithoutFinalDot();
}
