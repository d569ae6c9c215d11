using Riad.Core;

namespace Riad.Dns.MasterFiles;

/// <summary>Why a master file was not changed.</summary>
/// <param name="At">The place that stands in the way; line 1 when it is the whole file.</param>
/// <param name="Fault">What stands in the way.</param>
/// <param name="Sentence">What is wrong; what to do instead.</param>
public sealed record MasterEditError(TextPosition At, MasterEditFault Fault, string Sentence)
{
    /// <summary>"example.org:12:1: what is wrong; what to do instead".</summary>
    public override string ToString() => $"{At}: {Sentence}";
}
