using Riad.Core;
using Riad.Dns.Names;
using Riad.ZoneRepository.Files;

namespace Riad.ZoneRepository.Updates;

/// <summary>The texts of zones as updates left them, and where they can be entered: what the next update need not read again.</summary>
/// <remarks>Mutable, one owner. Bounded: of texts it keeps 16 MiB, of a longer file than 8 MiB only the places. Dropping it loses nothing.</remarks>
public sealed class KnownTexts
{
    private const int MostZones = 1000;
    private const long MostOctets = 16 << 20;
    private const long MostOctetsOfFile = 8 << 20;

    private readonly Dictionary<DomainName, (ZoneTexts Texts, long Used)> byZone = [];
    private long used;

    /// <summary>Gives the texts of a zone away, when they are those of its present files; null when they are not known.</summary>
    internal ZoneTexts? Take(DomainName apex, Seq<SourceFile> sources) =>
        byZone.Remove(apex, out var known) && known.Texts.Sources.Equals(sources) ? known.Texts : null;

    /// <summary>Takes the texts of a zone back.</summary>
    internal void Keep(DomainName apex, ZoneTexts texts)
    {
        texts.ForgetLonger(MostOctetsOfFile);
        byZone[apex] = (texts, used++);
        while (byZone.Count > MostZones || byZone.Sum(zone => zone.Value.Texts.Octets) > MostOctets)
            byZone.Remove(byZone.MinBy(zone => zone.Value.Used).Key);
    }
}
