using Riad.Core;

namespace Riad.Dns.MasterFiles;

/// <summary>Collects what is wrong with a zone, a bounded number of errors and of warnings.</summary>
internal sealed class ZoneFaults
{
    /// <summary>As many of each are told at once.</summary>
    public const int Max = 20;

    private readonly List<ZoneError> errors = [];
    private readonly List<ZoneError> warnings = [];

    /// <summary>True when no more errors are told: reading on is of no use.</summary>
    public bool IsFull => errors.Count >= Max;

    public bool HasErrors => errors.Count > 0;

    public IReadOnlyList<ZoneError> Errors => errors;

    public IReadOnlyList<ZoneError> Warnings => warnings;

    public void Add(ZoneError error)
    {
        var list = error.Severity is Severity.Error ? errors : warnings;
        if (list.Count < Max)
            list.Add(error);
    }

    public void Add(TextPosition at, ZoneFault fault, string sentence) => Add(new(at, Severity.Error, fault, sentence));
}
