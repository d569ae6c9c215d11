using System.Diagnostics.Metrics;
using Riad.Dns.Messages;

namespace Riad.DnsPrimaryGit.Serving.Updates;

/// <summary>Counts updates, and how many are stored together.</summary>
internal sealed class UpdateMeter
{
    private readonly Counter<long> updates;
    private readonly Counter<long> groups;

    public UpdateMeter(Meter meter)
    {
        updates = meter.CreateCounter<long>("riad_updates_total", description: "Dynamic updates, by the answer's response code.");
        groups = meter.CreateCounter<long>("riad_update_groups_total", description: "Times that updates were stored, one or several together.");
        // Shown from the start.
        updates.Add(0, Tag(ResponseCode.NoError));
        groups.Add(0);
    }

    /// <summary>Counts an answer.</summary>
    public void Answered(ResponseCode code) => updates.Add(1, Tag(code));

    /// <summary>Counts a group with so many commits.</summary>
    public void Stored(int commits) => groups.Add(commits > 0 ? 1 : 0);

    private static KeyValuePair<string, object?> Tag(ResponseCode code) => new("rcode", ResponseCodeLabel.Of(code));
}
