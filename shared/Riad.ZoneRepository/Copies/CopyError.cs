namespace Riad.ZoneRepository.Copies;

/// <summary>What is wrong with the copies that a secondary kept.</summary>
public enum CopyFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An object is missing, or is not of the kind that belongs there.</summary>
    Missing,

    /// <summary>Not written by this program, or by a later version of it.</summary>
    OtherFormat,

    /// <summary>The account of a copy cannot be read, or tells of another zone.</summary>
    BadAccount,

    /// <summary>The whole version cannot be read.</summary>
    BadZone,

    /// <summary>A change cannot be read.</summary>
    BadChange,

    /// <summary>A change does not follow on what comes before it.</summary>
    DoesNotApply,

    /// <summary>What the files give has another serial than the account says.</summary>
    WrongSerial,
}

/// <summary>Where and why a copy cannot be read.</summary>
/// <param name="Fault">What is wrong; None when nothing is.</param>
/// <param name="Where">The path of the file in the repository; empty when nothing is wrong.</param>
/// <param name="Detail">A clause more; may be empty.</param>
public readonly record struct CopyError(CopyFault Fault, string Where, string Detail = "")
{
    /// <summary>A clause for the operator.</summary>
    public override string ToString() => Fault switch
    {
        CopyFault.None => "the copy is whole",
        CopyFault.Missing => $"{Where} is missing",
        CopyFault.OtherFormat => $"{Where} says '{Detail}', and this program knows '{CopyFormat.Current}'",
        CopyFault.BadAccount => $"{Where} cannot be read",
        CopyFault.BadZone => $"{Where} cannot be read: {Detail}",
        CopyFault.BadChange => $"{Where} cannot be read",
        CopyFault.DoesNotApply => $"{Where} does not follow on what comes before it",
        CopyFault.WrongSerial => $"{Where} tells of another serial than the records",
    };
}
