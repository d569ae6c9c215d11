using Riad.Core;

namespace Riad.Dns.MasterFiles;

/// <summary>What is wrong with a zone, where, and what to write instead.</summary>
/// <param name="At">The word, or the record, at fault.</param>
/// <param name="Severity">Whether the zone is refused.</param>
/// <param name="Fault">Which fault; the manual explains each.</param>
/// <param name="Sentence">What is wrong; what to write instead. Holds no control characters, whatever the file holds.</param>
public sealed record ZoneError(TextPosition At, Severity Severity, ZoneFault Fault, string Sentence)
{
    /// <summary>As compilers print it: "example.org:12:9: what is wrong; what to write instead".</summary>
    public override string ToString() => Severity switch
    {
        Severity.Error => $"{At}: {Sentence}",
        Severity.Warning => $"{At}: warning: {Sentence}",
    };
}
