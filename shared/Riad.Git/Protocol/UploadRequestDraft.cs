using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Riad.Core;
using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>Collects the lines of an upload request, of which most are the same in all versions.</summary>
internal sealed class UploadRequestDraft
{
    private readonly OrderedSet wants = new();
    private readonly OrderedSet haves = new();
    private readonly OrderedSet shallow = new();
    private readonly List<string> excluded = [];
    private int depth;
    private long? sinceSeconds;
    private bool fromBoundary;

    public bool Done { get; set; }
    public bool EndsAfterWants { get; set; }
    public bool NoDone { get; private set; }
    public bool WaitForDone { get; private set; }
    public bool ThinPack { get; private set; }
    public bool OffsetDeltas { get; private set; }
    public bool IncludeTags { get; private set; }
    public bool NoProgress { get; private set; }
    public AcknowledgeMode Acknowledge { get; private set; }
    public int SideBandOctets { get; set; }

    /// <summary>Takes the capabilities that a version 0 client puts on its first line.</summary>
    public void Apply(CapabilityList capabilities)
    {
        NoDone = capabilities.Contains("no-done");
        ThinPack = capabilities.Contains("thin-pack");
        OffsetDeltas = capabilities.Contains("ofs-delta");
        IncludeTags = capabilities.Contains("include-tag");
        NoProgress = capabilities.Contains("no-progress");
        fromBoundary = capabilities.Contains("deepen-relative");
        if (capabilities.Contains("multi_ack"))
            Acknowledge = AcknowledgeMode.Multiple;
        if (capabilities.Contains("multi_ack_detailed"))
            Acknowledge = AcknowledgeMode.Detailed;
        if (capabilities.Contains("side-band"))
            SideBandOctets = SideBandWriter.SmallPayloadOctets;
        if (capabilities.Contains("side-band-64k"))
            SideBandOctets = SideBandWriter.LargePayloadOctets;
    }

    /// <summary>Takes a line that is one word.</summary>
    /// <returns>False when the word is not known.</returns>
    public bool TryFlag(ReadOnlySpan<byte> line)
    {
        if (line.SequenceEqual("done"u8)) return Done = true;
        if (line.SequenceEqual("thin-pack"u8)) return ThinPack = true;
        if (line.SequenceEqual("ofs-delta"u8)) return OffsetDeltas = true;
        if (line.SequenceEqual("include-tag"u8)) return IncludeTags = true;
        if (line.SequenceEqual("no-progress"u8)) return NoProgress = true;
        if (line.SequenceEqual("deepen-relative"u8)) return fromBoundary = true;
        if (line.SequenceEqual("wait-for-done"u8)) return WaitForDone = true;
        return false;
    }

    /// <summary>Takes a want line, of which <paramref name="id"/> is what follows the word.</summary>
    public ProtocolFault Want(ReadOnlySpan<byte> id) => Add(wants, id);

    /// <summary>Takes a line that is a word with an argument, except wants.</summary>
    public ProtocolFault Apply(ReadOnlySpan<byte> line)
    {
        if (ProtocolLine.TryStrip(line, "have"u8, out var argument))
            return Add(haves, argument);
        if (ProtocolLine.TryStrip(line, "shallow"u8, out argument))
            return Add(shallow, argument);
        if (ProtocolLine.TryStrip(line, "deepen"u8, out argument))
            return int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out depth) && depth > 0 ? ProtocolFault.None : ProtocolFault.Number;
        if (ProtocolLine.TryStrip(line, "deepen-since"u8, out argument))
            return Since(argument);
        if (ProtocolLine.TryStrip(line, "deepen-not"u8, out argument))
            return Exclude(argument);
        return ProtocolLine.TryStrip(line, "filter"u8, out _) ? ProtocolFault.Filter : ProtocolFault.UnexpectedLine;
    }

    public bool TryFinish([NotNullWhen(true)] out UploadRequest? request, out ProtocolFault fault)
    {
        request = null;
        var excluding = sinceSeconds is not null || excluded.Count > 0;
        fault = depth > 0 && excluding ? ProtocolFault.DeepenTogether : ProtocolFault.None;
        if (fault is not ProtocolFault.None)
            return false;
        request = new()
        {
            Wants = [.. wants.Ids],
            Haves = [.. haves.Ids],
            Shallow = [.. shallow.Ids],
            Deepening = Deepen(excluding),
            Done = Done,
            EndsAfterWants = EndsAfterWants,
            Acknowledge = Acknowledge,
            NoDone = NoDone,
            WaitForDone = WaitForDone,
            SideBandOctets = SideBandOctets,
            ThinPack = ThinPack,
            OffsetDeltas = OffsetDeltas,
            IncludeTags = IncludeTags,
            NoProgress = NoProgress,
        };
        return true;
    }

    private Deepening Deepen(bool excluding)
    {
        if (excluding)
            return new Deepening.Excluding(sinceSeconds, [.. excluded]);
        return depth > 0 ? new Deepening.ToDepth(depth, fromBoundary) : new Deepening.Unchanged();
    }

    private ProtocolFault Since(ReadOnlySpan<byte> argument)
    {
        if (!long.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return ProtocolFault.Number;
        sinceSeconds = seconds;
        return ProtocolFault.None;
    }

    private ProtocolFault Exclude(ReadOnlySpan<byte> argument)
    {
        if (!ProtocolLine.TryDecode(argument, out var name))
            return ProtocolFault.RefName;
        excluded.Add(name);
        return ProtocolFault.None;
    }

    private static ProtocolFault Add(OrderedSet set, ReadOnlySpan<byte> text)
    {
        if (!ObjectId.TryParse(text, out var id))
            return ProtocolFault.ObjectId;
        set.Add(id);
        return ProtocolFault.None;
    }

    private sealed class OrderedSet
    {
        private readonly HashSet<ObjectId> seen = [];

        public List<ObjectId> Ids { get; } = [];

        public void Add(ObjectId id)
        {
            if (seen.Add(id))
                Ids.Add(id);
        }
    }
}
