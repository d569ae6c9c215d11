using Riad.Dns.Zones;

namespace Riad.Dns.Dnssec;

/// <summary>The names whose NSEC or NSEC3 records an answer needs, each once, possibly from several zones.</summary>
/// <remarks>Reused for answer after answer. They wait here, because proofs stand behind all records of the answer.</remarks>
internal sealed class Proofs
{
    /// <summary>More than an answer ever needs: a wildcard's for each link of a chain, and those of its end.</summary>
    private const int Capacity = 32;

    private readonly Zone?[] zones = new Zone?[Capacity];
    private readonly uint[] places = new uint[Capacity];

    /// <summary>How many names.</summary>
    public int Count { get; private set; }

    /// <summary>A name: its zone, and where it is stored there.</summary>
    public (Zone Zone, uint Place) this[int index] => (zones[index]!, places[index]);

    /// <summary>Adds a name, unless it is there already or there is none.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="place">0 adds nothing.</param>
    public void Add(Zone zone, uint place)
    {
        for (var i = 0; i < Count; i++)
        {
            if (places[i] == place && ReferenceEquals(zones[i], zone))
                return;
        }
        if (place == 0 || Count == Capacity)
            return;
        (zones[Count], places[Count]) = (zone, place);
        Count++;
    }

    /// <summary>Forgets all, also so that no old version of a zone is kept alive.</summary>
    public void Clear()
    {
        Array.Clear(zones, 0, Count);
        Count = 0;
    }
}
