namespace Riad.ZoneRepository.Journals;

/// <summary>What is wrong with a journal.</summary>
public enum JournalFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An object is missing, or is not of the kind that belongs there.</summary>
    Missing,

    /// <summary>Written by a later version of this program.</summary>
    NewerFormat,

    /// <summary>An entry has no parent, or more than two.</summary>
    BadParents,

    /// <summary>The account of a zone cannot be read.</summary>
    BadZone,

    /// <summary>The account of a change cannot be read.</summary>
    BadChange,
}

/// <summary>Where and why a journal cannot be read.</summary>
/// <param name="Fault">What is wrong; None when nothing is.</param>
/// <param name="Where">The id or the path of the object; empty when nothing is wrong.</param>
public readonly record struct JournalError(JournalFault Fault, string Where)
{
    /// <summary>A sentence for the operator.</summary>
    public override string ToString() => Fault switch
    {
        JournalFault.None => "the journal is whole",
        JournalFault.Missing => $"the journal lacks {Where}; restore refs/riad/served and its objects from a backup",
        JournalFault.NewerFormat => $"the journal is of format '{Where}', and this program knows '{JournalFormat.Current}'; run the newer version that wrote it",
        JournalFault.BadParents => $"the journal's entry {Where} has neither one parent nor two",
        JournalFault.BadZone => $"the journal's account of the zone at {Where} cannot be read",
        JournalFault.BadChange => $"the journal's account of the change at {Where} cannot be read",
    };
}
