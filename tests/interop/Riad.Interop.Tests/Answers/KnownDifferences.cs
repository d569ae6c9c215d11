using Riad.Dns.Messages;
using Riad.Interop.Tests.Peers;

namespace Riad.Interop.Tests.Answers;

/// <summary>Every way in which a peer answers otherwise, with the reason. A difference that is not here fails the test.</summary>
internal static class KnownDifferences
{
    private const ushort NamingAuthority = 35;
    private const ushort Any = 255;
    private const int OurLongestChain = 17;

    private static readonly PeerDifference AnyGivesAll = new(
        "ANY gives every set",
        "RFC 8482 §4.1 allows one set, which is of no use to an attacker",
        static (question, ours, theirs) => question.Type == Any && SameBut(ours with { Answer = "", Additional = "" }, theirs with { Answer = "", Additional = "" })
            && ours.Answer.Length > 0 && Contains(theirs.Answer, ours.Answer));

    private static readonly PeerDifference AnyGivesAnother = new(
        "ANY gives the SOA of an apex",
        "RFC 8482 §4.1 leaves open which set it is; ours is the first",
        static (question, ours, theirs) => question.Type == Any && Same(ours, theirs)
            && RecordLine.Of(theirs.Answer) is [{ Type: "soa" }] && RecordLine.Of(ours.Answer).Select(line => (line.Owner, line.Type)).Distinct().Count() == 1);

    private static readonly PeerDifference AnyFollowsRedirection = new(
        "ANY below a DNAME is followed to its end",
        "the CNAME made from a DNAME is an answer to ANY as every CNAME is (RFC 1034 §4.3.2 step 3a); BIND stops there too",
        static (question, ours, theirs) => question.Type == Any && ours.IsAuthoritative == theirs.IsAuthoritative && Contains(theirs.Answer, ours.Answer)
            && RecordLine.Of(ours.Answer) is [{ Type: "cname" }, { Type: "dname" }] or [{ Type: "dname" }, { Type: "cname" }]);

    private static readonly PeerDifference NoAddresses = new(
        "no addresses beside an answer",
        "RFC 1034 §4.3.2 step 6 adds what is useful; with minimal-responses NSD leaves it to the client to ask, without it it repeats the NS set everywhere",
        static (_, ours, theirs) => AddsAddresses(ours, theirs, static _ => true));

    private static readonly PeerDifference NoAddressesOfOtherZones = new(
        "no addresses from another zone of the same server",
        "RFC 1034 §4.3.2 step 6 takes local data, and we are authoritative for these zones too",
        static (question, ours, theirs) => AddsAddresses(ours, theirs, host => ZoneOf(host) != ZoneOf(question.Name.ToLowerInvariant())));

    private static readonly PeerDifference GlueAsAddress = new(
        "the glue of a cut stands as the address of a mail server",
        "glue is no authoritative data (RFC 2181 §5.4.1), and of use in a referral alone",
        static (question, ours, theirs) => SameBut(ours, theirs) && Extra(theirs.Additional, ours.Additional).All(line => line.IsAddress && line.Owner is "ns.cut.thirteen.corner.test.")
            && Contains(theirs.Additional, ours.Additional) && question.Name.Equals("mx.corner.test.", StringComparison.OrdinalIgnoreCase));

    private static readonly PeerDifference NoAddressesOfServersAboveTheCut = new(
        "no addresses in a referral to name servers of the zone itself",
        "they are sure and at hand, and spare the client a question",
        static (question, ours, theirs) => IsAtOrBelow(question.Name, "apexglue.awkward.test.") && theirs.Additional.Length == 0
            && AddsAddresses(ours, theirs, static host => host is "ns1.awkward.test."));

    private static readonly PeerDifference ServicesOfNamingAuthority = new(
        "the SRV records that a NAPTR names, and their addresses",
        "RFC 3403 §4.2 leaves it open; the client follows the one rule that it selects",
        static (question, ours, theirs) => question.Type == NamingAuthority && SameBut(ours, theirs) && Contains(theirs.Additional, ours.Additional)
            && RecordLine.Of(theirs.Additional).All(line => line.IsAddress || line.Type is "srv"));

    private static readonly PeerDifference StopsAtTheEndOfItsZone = new(
        "an alias into another zone of the same server is not followed",
        "RFC 1034 §4.3.2 step 3a starts again at step 2, which looks for the nearest zone among all",
        static (question, ours, theirs) => Same(ours, theirs) && theirs.Authority.Length == 0 && Contains(ours.Answer, theirs.Answer)
            && EndOfChain(question, theirs) is { } end && ZoneOf(end) is { } zone && zone != ZoneOf(question.Name.ToLowerInvariant())
            && (ours.Answer == theirs.Answer || Extra(ours.Answer, theirs.Answer).Any(line => line.Owner == end)));

    private static readonly PeerDifference LoopIsServerFailure = new(
        "SERVFAIL for aliases in a circle",
        "RFC 1034 §3.6.2: loops should be followed and caught; the answer holds the whole loop, and NOERROR is what NSD and Knot say too",
        static (question, ours, theirs) => theirs.Code is ResponseCode.ServerFailure && ours == theirs with { Code = ResponseCode.NoError }
            && EndOfChain(question, ours) is null);

    private static readonly PeerDifference RedirectionIntoItselfStops = new(
        "a DNAME to a name below itself is followed once",
        "RFC 6672 §2.2 allows it and leaves the bound to the server; ours is that of every chain",
        static (question, ours, theirs) => Same(ours, theirs) && IsAtOrBelow(question.Name, "dnameloop.awkward.test.")
            && CountOfAliases(theirs) == 1 && CountOfAliases(ours) == OurLongestChain && Contains(ours.Answer, theirs.Answer));

    private static readonly PeerDifference RecordIsThereTwice = new(
        "a wildcard's alias to the name asked for is there twice",
        "RFC 2181 §5: a set holds no record twice",
        static (_, ours, theirs) => RecordLine.Of(ours.Answer) is [{ IsAlias: true } alias] && alias.Owner == alias.Rdata
            && theirs == ours with { Answer = $"{ours.Answer}\n{ours.Answer}" });

    private static readonly PeerDifference LongerChain = new(
        "a chain of more than 17 aliases goes on",
        "no RFC gives a bound; resolvers stop earlier than either of us",
        static (question, ours, theirs) => Same(ours, theirs) && CountOfAliases(ours) == OurLongestChain && CountOfAliases(theirs) >= OurLongestChain
            && ours.Authority.Length == 0 && Contains(theirs.Answer, ours.Answer) && EndOfChain(question, ours) is not null);

    /// <summary>What this peer does otherwise.</summary>
    public static IReadOnlyList<PeerDifference> Of(PeerKind kind) => kind switch
    {
        PeerKind.Nsd => [AnyGivesAnother, AnyFollowsRedirection, NoAddresses, RedirectionIntoItselfStops, RecordIsThereTwice, LongerChain],
        PeerKind.Knot =>
        [
            AnyGivesAll, AnyFollowsRedirection, RecordIsThereTwice, NoAddressesOfOtherZones, GlueAsAddress, StopsAtTheEndOfItsZone,
            ShorterChain(5, ResponseCode.NoError),
        ],
        PeerKind.Bind =>
        [
            AnyGivesAll, NoAddressesOfOtherZones, NoAddressesOfServersAboveTheCut, ServicesOfNamingAuthority, StopsAtTheEndOfItsZone,
            LoopIsServerFailure, ShorterChain(12, ResponseCode.ServerFailure),
        ],
    };

    private static PeerDifference ShorterChain(int longest, ResponseCode code) => new(
        $"a chain ends after {longest} aliases with {code}",
        "no RFC gives a bound; what we add is the rest of the chain",
        (question, ours, theirs) => ours.IsAuthoritative == theirs.IsAuthoritative && ours.Code is ResponseCode.NoError && theirs.Code == code
            && CountOfAliases(theirs) == longest && CountOfAliases(ours) >= longest && Contains(ours.Answer, theirs.Answer)
            && theirs.Authority.Length == 0 && EndOfChain(question, theirs) is not null);

    private static bool Same(NormalAnswer ours, NormalAnswer theirs) => (ours.Code, ours.IsAuthoritative) == (theirs.Code, theirs.IsAuthoritative);

    private static bool SameBut(NormalAnswer ours, NormalAnswer theirs) => ours with { Additional = "" } == theirs with { Additional = "" };

    private static bool AddsAddresses(NormalAnswer ours, NormalAnswer theirs, Func<string, bool> mayBe)
    {
        var naming = RecordLine.Of(ours.Answer).Concat(RecordLine.Of(ours.Authority)).ToList();
        return SameBut(ours, theirs) && Contains(ours.Additional, theirs.Additional)
            && Extra(ours.Additional, theirs.Additional).All(line => line.IsAddress && mayBe(line.Owner)
                && naming.Exists(record => record.Names(line.Owner) || (record.Type is "https" or "svcb" && record.Owner == line.Owner)));
    }

    private static bool Contains(string whole, string part) => !Extra(part, whole).Any();

    private static IEnumerable<RecordLine> Extra(string section, string than) => RecordLine.Of(section).Except(RecordLine.Of(than));

    private static int CountOfAliases(NormalAnswer answer) => RecordLine.Of(answer.Answer).Count(line => line.IsAlias);

    /// <summary>The name that the aliases of an answer lead to; null when they lead in a circle.</summary>
    private static string? EndOfChain(AskedQuestion question, NormalAnswer answer)
    {
        var aliases = RecordLine.Of(answer.Answer).Where(line => line.IsAlias).Distinct().ToDictionary(line => line.Owner, line => line.Rdata, StringComparer.Ordinal);
        var name = question.Name.ToLowerInvariant();
        while (aliases.Remove(name, out var target))
            name = target;
        return RecordLine.Of(answer.Answer).Exists(line => line.IsAlias && line.Owner == name) ? null : name;
    }

    private static string? ZoneOf(string name) => QuestionList.Zones
        .Select(zone => $"{zone.Name}.")
        .Where(zone => IsAtOrBelow(name, zone))
        .MaxBy(zone => zone.Length);

    private static bool IsAtOrBelow(string name, string above) =>
        name.Equals(above, StringComparison.OrdinalIgnoreCase) || name.EndsWith($".{above}", StringComparison.OrdinalIgnoreCase);
}
