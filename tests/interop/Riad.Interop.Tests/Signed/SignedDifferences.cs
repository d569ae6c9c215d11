using Riad.Dns.Messages;
using Riad.Interop.Tests.Answers;
using Riad.Interop.Tests.Peers;

namespace Riad.Interop.Tests.Signed;

/// <summary>Every way in which a peer answers otherwise for a signed zone, with the reason. A difference that is not here fails the test.</summary>
internal static class SignedDifferences
{
    private const ushort SignatureType = 46;
    private const ushort NsecType = 47;
    private const ushort Nsec3Type = 50;
    private const ushort Any = 255;

    private static readonly PeerDifference OtherAddresses = new(
        "more or fewer addresses",
        "the comparison of unsigned zones says which and why; signatures of additional addresses may be left out (RFC 4035 §3.1.1)",
        static (_, ours, theirs) => ours with { Additional = "" } == theirs with { Additional = "" }
            && RecordLine.Of(ours.Additional).Concat(RecordLine.Of(theirs.Additional)).All(line => line.IsAddress || line.Type is "rrsig"));

    private static readonly PeerDifference AnyGivesMore = new(
        "ANY gives other sets, or all, or follows a DNAME to its end",
        "RFC 8482 §4.1 leaves open which set it is; the CNAME made from a DNAME is an answer to ANY, as every CNAME is",
        static (question, ours, theirs) => question.Type == Any && ours.IsAuthoritative == theirs.IsAuthoritative && ours.Answer.Length > 0 && theirs.Answer.Length > 0);

    private static readonly PeerDifference OneSignature = new(
        "a question for RRSIG gives those of one set",
        "RFC 8482 §7 allows it for RRSIG too; ours are few",
        static (question, ours, theirs) => question.Type == SignatureType && Same(ours, theirs) && theirs.Answer.Length > 0 && IsPart(theirs.Answer, ours.Answer));

    private static readonly PeerDifference NsecAtCut = new(
        "the NSEC record of a cut is an answer",
        "a referral with the same record in it; only for DS is the parent's side asked (RFC 4035 §3.1.4.1)",
        static (question, ours, theirs) => question.Type == NsecType && !ours.IsAuthoritative && theirs.IsAuthoritative && ours.Answer.Length == 0 && theirs.Authority.Length == 0);

    private static readonly PeerDifference StopsAtTheEndOfItsZone = new(
        "an alias into another zone of the same server is not followed",
        "RFC 1034 §4.3.2 step 3a starts again at step 2, which looks for the nearest zone among all",
        static (_, ours, theirs) => Same(ours, theirs) && !RecordLine.Of(theirs.Authority).Exists(line => line.Type is "soa") && IsPart(theirs.Answer, ours.Answer)
            && RecordLine.Of(theirs.Answer).Exists(line => line.IsAlias && line.Rdata.Contains("secure.", StringComparison.Ordinal)));

    private static readonly PeerDifference OtherTypesAreAskedOfAnAlias = new(
        "a question for NSEC3 does not follow an alias, one for NSEC does",
        "only RRSIG and NSEC may stand beside a CNAME and are looked for there (RFC 4034 §3, §4); Knot and BIND agree",
        static (question, ours, theirs) => ours.IsAuthoritative == theirs.IsAuthoritative
            && ((question.Type == Nsec3Type && theirs.Answer.Length == 0 && HasAlias(ours)) || (question.Type == NsecType && ours.Answer.Length == 0 && HasAlias(theirs))));

    private static readonly PeerDifference NoProofBehindRedirection = new(
        "behind a DNAME the proof is not whole",
        "RFC 4035 §3.1.3.2 wants the proof that no wildcard matches the last name of the chain, too",
        static (_, ours, theirs) => Same(ours, theirs) && ours.Answer == theirs.Answer && RecordLine.Of(ours.Answer).Exists(line => line.Type is "dname")
            && IsPart(theirs.Authority, ours.Authority));

    private static readonly PeerDifference ProofOfWildcardItself = new(
        "a question for a wildcard's own name gets the proof that it does not exist, too",
        "the name exists: its own NSEC3 record is the whole proof (RFC 5155 §7.2.3)",
        static (question, ours, theirs) => Same(ours, theirs) && ours.Answer.Length == 0 && theirs.Answer.Length == 0 && question.Name.Contains('*', StringComparison.Ordinal)
            && IsPart(ours.Authority, theirs.Authority));

    private static readonly PeerDifference ExpandedNsecIsNotProved = new(
        "an NSEC record that a wildcard gives comes without proof",
        "it is an answer from a wildcard as every other (RFC 4592 §4.7)",
        static (question, ours, theirs) => question.Type == NsecType && Same(ours, theirs) && ours.Answer == theirs.Answer && theirs.Authority.Length == 0);

    /// <summary>Tells whether a difference has a reason.</summary>
    public static bool Explain(PeerKind kind, AskedQuestion question, NormalAnswer ours, NormalAnswer theirs) =>
        Of(kind).Any(difference => difference.Explains(question, ours, theirs));

    private static PeerDifference[] Of(PeerKind kind) => kind switch
    {
        PeerKind.Nsd => [OtherAddresses, AnyGivesMore, OtherTypesAreAskedOfAnAlias, NoProofBehindRedirection, ProofOfWildcardItself],
        PeerKind.Knot => [OtherAddresses, AnyGivesMore, OneSignature, StopsAtTheEndOfItsZone, ExpandedNsecIsNotProved],
        PeerKind.Bind => [OtherAddresses, AnyGivesMore, NsecAtCut, StopsAtTheEndOfItsZone],
    };

    private static bool HasAlias(NormalAnswer answer) => RecordLine.Of(answer.Answer).Exists(line => line.IsAlias);

    private static bool Same(NormalAnswer ours, NormalAnswer theirs) => (ours.Code, ours.IsAuthoritative) == (theirs.Code, theirs.IsAuthoritative);

    private static bool IsPart(string part, string whole) => !part.Split('\n').Except(whole.Split('\n'), StringComparer.Ordinal).Any(line => line.Length > 0);
}
