using Riad.Dns.Dnssec;
using Riad.Dns.MasterFiles;
using Riad.Dns.Records;

namespace Riad.Dns.Zones.Checks;

/// <summary>Checks of a zone that is signed: whether we can prove with its records what is not there.</summary>
/// <remarks>Signatures are not verified: that is the validators' business, and the signer's.</remarks>
internal static class SignedZoneCheck
{
    /// <summary>Looks at the apex.</summary>
    /// <param name="zone">Any zone.</param>
    /// <param name="hasHashes">True when it holds NSEC3 records.</param>
    /// <param name="suspicions">Receives what is found.</param>
    public static void Run(Zone zone, bool hasHashes, Suspicions suspicions)
    {
        if (!zone.TryFind(zone.Apex.Wire, out var apex))
            return;
        if (apex.TryFind(RrTypes.Nsec3Param.Code, out var parameters))
        {
            foreach (var rdata in parameters.Rdatas(default))
                CheckParameters(zone, rdata, suspicions);
        }
        else if (hasHashes)
            Add(ZoneFault.ProofsMissing, Severity.Warning, RrTypes.Soa.Code, CheckSentences.Nsec3ParamMissing(zone.Apex));
        else if (zone.IsSigned && zone.Denial.Kind is DenialKind.None)
            Add(ZoneFault.ProofsMissing, Severity.Warning, RrTypes.Soa.Code, CheckSentences.NsecMissing(zone.Apex));

        void Add(ZoneFault fault, Severity severity, ushort type, string sentence) => suspicions.Add(fault, severity, zone.Apex, type, default, sentence);
    }

    private static void CheckParameters(Zone zone, ReadOnlySpan<byte> rdata, Suspicions suspicions)
    {
        var iterations = Nsec3Parameters.IterationsOf(rdata);
        var isUsable = Nsec3Parameters.Of(rdata) is not null;
        if (!isUsable)
            suspicions.Add(ZoneFault.Nsec3Unusable, Severity.Error, zone.Apex, RrTypes.Nsec3Param.Code, rdata, rdata[0] == Nsec3Parameters.Algorithm
                ? CheckSentences.TooManyIterations(iterations)
                : CheckSentences.HashUnknown(rdata[0]));
        else if (iterations > 0)
            suspicions.Add(ZoneFault.Nsec3Iterations, Severity.Warning, zone.Apex, RrTypes.Nsec3Param.Code, rdata, CheckSentences.Iterations(iterations));
    }
}
