using Riad.Core;

namespace Riad.DnsPrimaryGit.Pages;

/// <summary>What the page of one zone shows.</summary>
/// <param name="Row">The zone as it stands among the others.</param>
/// <param name="Facts">What its SOA says: label and value.</param>
/// <param name="Versions">The versions that were served, newest first.</param>
internal sealed record ZoneView(ZoneRow Row, Seq<(string Label, string Value)> Facts, Seq<ZoneVersion> Versions);

/// <summary>One served version of a zone.</summary>
internal sealed record ZoneVersion(uint Serial, DateTimeOffset When, string Author, string Subject, string Commit, string Summary);

/// <summary>The difference of two versions of a zone.</summary>
/// <param name="Zone">Without the final dot.</param>
/// <param name="From">The older serial.</param>
/// <param name="To">The newer serial.</param>
/// <param name="Lines">Records that went and came.</param>
internal sealed record DifferenceView(string Zone, uint From, uint To, Seq<DifferenceLine> Lines);

/// <summary>One record that went or came, or a remark.</summary>
/// <param name="Added">True for one that came, false for one that went, null for a remark.</param>
/// <param name="Text">The record as a line of a master file, or the remark.</param>
internal sealed record DifferenceLine(bool? Added, string Text);
