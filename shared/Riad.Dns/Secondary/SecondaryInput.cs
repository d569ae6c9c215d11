using System.Collections.Immutable;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Secondary;

/// <summary>What happens to the zones of a secondary.</summary>
public abstract record SecondaryInput
{
    private SecondaryInput()
    {
    }

    /// <summary>Follow a zone. One that is followed already stays as it is, unless the operator names it now, or a catalog lists what a NOTIFY told of.</summary>
    /// <param name="Apex">The zone's name.</param>
    /// <param name="Primaries">At least one, in the order in which they are asked.</param>
    /// <param name="Origin">How we came to it.</param>
    public sealed record Follow(DomainName Apex, Seq<PrimaryServer> Primaries, ZoneOrigin Origin) : SecondaryInput;

    /// <summary>Versions from an earlier run: each is served as soon as its zone is followed, and its primary is asked for what is newer.</summary>
    /// <param name="Zones">Each zone at most once.</param>
    public sealed record Recall(ImmutableArray<RecalledZone> Zones) : SecondaryInput;

    /// <summary>A zone comes from others now, or another key signs: they are asked at once. The zones of a catalog go with it.</summary>
    /// <param name="Apex">One that is not followed is passed over, and so is one that a catalog lists.</param>
    /// <param name="Primaries">At least one, in the order in which they are asked. The same as before change nothing.</param>
    public sealed record SetPrimaries(DomainName Apex, Seq<PrimaryServer> Primaries) : SecondaryInput;

    /// <summary>What was recalled is followed by now: other versions are forgotten, as soon as every catalog has said which zones are its own.</summary>
    public sealed record RecallEnded : SecondaryInput;

    /// <summary>Follow a zone no longer, and serve it no longer.</summary>
    public sealed record Leave(DomainName Apex) : SecondaryInput;

    /// <summary>Somebody who may say so says that a zone has changed.</summary>
    /// <param name="Apex">One that is not followed is passed over.</param>
    /// <param name="Source">Whose address it came from: that primary is asked first.</param>
    /// <param name="Hint">The serial that it told; null when it told none.</param>
    public sealed record Notified(DomainName Apex, IpAddress Source, Serial? Hint) : SecondaryInput;

    /// <summary>Ask for every zone now, as if a NOTIFY without a serial had come for it.</summary>
    public sealed record RefreshAll : SecondaryInput;

    /// <summary>An attempt has ended.</summary>
    /// <param name="Attempt">One that was called off meanwhile is passed over.</param>
    /// <param name="Result">What came of it.</param>
    public sealed record Finished(long Attempt, AttemptResult Result) : SecondaryInput;

    /// <summary>Time has come to <see cref="SecondaryZones.WakeAt"/>.</summary>
    public sealed record Tick : SecondaryInput;
}
