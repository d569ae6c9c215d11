using Riad.Core;
using Riad.Dns.Messages;

namespace Riad.Dns.Updates;

/// <summary>What an update comes to: a closed family.</summary>
public abstract record UpdateVerdict
{
    private UpdateVerdict()
    {
    }

    /// <summary>Nothing changes.</summary>
    /// <param name="Code">What the client is told.</param>
    /// <param name="Reason">For the log: a few words, without control characters.</param>
    public sealed record Refused(ResponseCode Code, string Reason) : UpdateVerdict;

    /// <summary>All is well, and the zone is as wanted already: NOERROR, and no new serial.</summary>
    public sealed record WithoutEffect : UpdateVerdict;

    /// <summary>The zone changes.</summary>
    /// <param name="Changes">The net difference, in canonical order of names and types; at least one. An SOA is among them only when the update carried a newer one.</param>
    public sealed record Changed(Seq<SetChange> Changes) : UpdateVerdict;
}
