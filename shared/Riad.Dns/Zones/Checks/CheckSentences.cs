using System.Globalization;
using Riad.Dns.Dnssec;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Zones.Checks;

/// <summary>Says what is wrong with a zone as a whole, with names as people write them: relative to the zone.</summary>
internal static class CheckSentences
{
    public static string Empty(DomainName apex) => $"the zone is empty; write an SOA and an NS record of {Absolute(apex)}, or delete the file to remove the zone";

    public static string SoaMissing(DomainName apex) => $"{Absolute(apex)} has no SOA record; write one (RFC 1035 §3.3.13)";

    public static string SoaBelowApex(DomainName owner, DomainName apex) => $"{Relative(owner, apex)} has an SOA record, and only {Absolute(apex)} can have one; put that zone into a file of its own";

    public static string SeveralSoa(DomainName apex, uint serial) => $"{Absolute(apex)} has an SOA record already, and this one (serial {serial.ToString(CultureInfo.InvariantCulture)}) differs; take one away";

    public static string NsMissing(DomainName apex) => $"{Absolute(apex)} has no NS record; write one for each server of the zone";

    public static string OutOfZone(DomainName owner, DomainName apex) => $"{Absolute(owner)} is not in {Absolute(apex)}; take the record away, or correct the name";

    public static string CnameAndOther(DomainName owner, DomainName apex, string type) => $"{Relative(owner, apex)} is a CNAME and has {WithArticle(type)} record too";

    public static string Several(DomainName owner, DomainName apex, string type) => $"{Relative(owner, apex)} has several {type} records; write one";

    public static string BelowDname(DomainName owner, DomainName dname, DomainName apex) => $"{Relative(owner, apex)} lies below the DNAME of {Relative(dname, apex)}, which takes all names there; take one of the two away (RFC 6672 §2.4)";

    public static string BelowDelegation(DomainName owner, DomainName cut, DomainName apex, string type) =>
        $"{Relative(owner, apex)} lies below the delegation of {Relative(cut, apex)}, so its {type} record is never answered; put it into that zone";

    public static string GlueMissing(DomainName owner, DomainName server, DomainName apex) =>
        $"{Relative(server, apex)} is a name server of {Relative(owner, apex)} and lies below it, but has no address here; write an A or AAAA record for it (glue)";

    public static string TargetMissing(DomainName target, DomainName apex, string use) => $"{Relative(target, apex)} {use}, but has no address; write an A or AAAA record for it, or correct the name";

    public static string TargetIsAlias(DomainName target, DomainName apex, string use, string source) => $"{Relative(target, apex)} {use}, but is a CNAME; write the name that it is an alias of ({source})";

    public static string DsWithoutNs(DomainName owner, DomainName apex) => $"{Relative(owner, apex)} has a DS record but no NS; write the NS records of the delegation, or take the DS away";

    public static string DsAtApex(DomainName apex) => $"{Absolute(apex)} has a DS record, which belongs into the zone above; take it away";

    public static string SetTooLarge(DomainName apex) => $"{Absolute(apex)} has a set of records that no message can hold (about 64 KiB); make it smaller";

    public static string FinalDotMissing(DomainName name) => $"{Absolute(name)} ends in the zone's name twice; write a final dot behind the name";

    public static string PointerIntoReverse(DomainName target) => $"{Absolute(target)} lies in a reverse zone; write a final dot behind the host's name";

    public static string TtlsDiffer(DomainName owner, DomainName apex, string type, uint lowest) =>
        $"the {type} records of {Relative(owner, apex)} have different TTLs, and the lowest, {lowest.ToString(CultureInfo.InvariantCulture)}, is served for all; write the same one (RFC 2181 §5.2)";

    public static string Duplicate(DomainName owner, DomainName apex, string type) => $"{Relative(owner, apex)} has this {type} record already; take one away";

    public static string Nsec3ParamMissing(DomainName apex) => $"{Absolute(apex)} has NSEC3 records but no NSEC3PARAM, so nothing can be proved with them; sign the zone again (RFC 5155 §4)";

    public static string NsecMissing(DomainName apex) => $"{Absolute(apex)} is signed and has neither NSEC nor NSEC3PARAM, so resolvers that validate take no answer for a name that is not there; sign the zone again";

    public static string TooManyIterations(ushort iterations) =>
        $"NSEC3's iterations ({Number(iterations)}) are too many to be made for each question; sign the zone with 0, or at most {Number(Nsec3Parameters.MaxIterations)} (RFC 9276 §3.1)";

    public static string Iterations(ushort iterations) =>
        $"NSEC3's iterations ({Number(iterations)}) hide nothing and cost time, and with many of them resolvers take the zone for unsigned; sign it with 0 (RFC 9276 §3.1)";

    public static string HashUnknown(byte algorithm) => $"NSEC3's hash algorithm {Number(algorithm)} is not known; sign the zone with 1, SHA-1 (RFC 5155 §11)";

    public static string SerialGoesBack(Serial serial, Serial previous, bool isStrict) => isStrict
        ? $"serial {serial} is older than {previous}, the one before; write {previous.Next} or a later one (RFC 1982)"
        : $"serial {serial} is older than {previous}, the one before, and secondaries would not take it, so a later one is served; write {previous.Next} or later (RFC 1982)";

    public static string SerialJumps(Serial serial, Serial previous) => $"serial {serial} is more than 2^30 ahead of {previous}, the one before; write {previous.Next}, or allow the jump if it is meant";

    /// <summary>A name as it would be written in the zone's file.</summary>
    public static string Relative(DomainName name, DomainName apex)
    {
        if (name == apex || apex.IsRoot || !name.IsAtOrBelow(apex))
            return Absolute(name);
        return NameText.Print([.. name.Wire[..^apex.Wire.Length], 0])[..^1];
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Absolute(DomainName name) => name.ToStringWithoutFinalDot();

    /// <summary>Types are spelt letter by letter: an A, an MX, a TXT.</summary>
    private static string WithArticle(string type) => "AEFHILMNORSX".Contains(type[0], StringComparison.Ordinal) && type is not ("LOC" or "NAPTR") ? $"an {type}" : $"a {type}";
}
