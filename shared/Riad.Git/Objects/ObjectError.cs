namespace Riad.Git.Objects;

/// <summary>What is wrong with an object. The names are those of git fsck.</summary>
/// <remarks>Source: git-fsck(1), "FSCK MESSAGES".</remarks>
public enum ObjectFault
{
#pragma warning disable CS1591 // the names are the documentation; ObjectError.ToString has a sentence for each
    None,
    NulInHeader,
    UnterminatedHeader,
    MissingTree,
    BadTreeSha1,
    BadParentSha1,
    MissingAuthor,
    MultipleAuthors,
    MissingCommitter,
    NulInCommit,
    MissingNameBeforeEmail,
    BadName,
    MissingEmail,
    MissingSpaceBeforeEmail,
    BadEmail,
    MissingSpaceBeforeDate,
    ZeroPaddedDate,
    BadDateOverflow,
    BadDate,
    BadTimezone,
    MissingObject,
    BadObjectSha1,
    MissingTypeEntry,
    BadType,
    MissingTagEntry,
    BadTagName,
    MissingTaggerEntry,
    BadTree,
    EmptyName,
    FullPathname,
    HasDot,
    HasDotdot,
    HasDotgit,
    NullSha1,
    BadFilemode,
    ZeroPaddedFilemode,
    DuplicateEntries,
    TreeNotSorted,
    LargePathname,
    GitmodulesSymlink,
#pragma warning restore CS1591
}

/// <summary>Where and why an object is malformed.</summary>
/// <param name="Fault">What is wrong; <see cref="ObjectFault.None"/> when nothing is.</param>
/// <param name="Offset">Octets from the start of the content.</param>
public readonly record struct ObjectError(ObjectFault Fault, int Offset)
{
    /// <summary>A sentence for the person who pushed the object.</summary>
    public override string ToString() => $"{Describe()} (at octet {Offset})";

    private string Describe() => Fault switch
    {
        ObjectFault.None => "well-formed",
        ObjectFault.NulInHeader => "a zero octet in the header",
        ObjectFault.UnterminatedHeader => "the header does not end",
        ObjectFault.MissingTree => "the 'tree' line is missing",
        ObjectFault.BadTreeSha1 => "the 'tree' line has no valid id",
        ObjectFault.BadParentSha1 => "a 'parent' line has no valid id",
        ObjectFault.MissingAuthor => "the 'author' line is missing",
        ObjectFault.MultipleAuthors => "there is more than one 'author' line",
        ObjectFault.MissingCommitter => "the 'committer' line is missing",
        ObjectFault.NulInCommit => "a zero octet in the message",
        ObjectFault.MissingNameBeforeEmail => "a name is missing before the e-mail address",
        ObjectFault.BadName => "a name contains '>'",
        ObjectFault.MissingEmail => "an e-mail address is missing",
        ObjectFault.MissingSpaceBeforeEmail => "a space is missing before the e-mail address",
        ObjectFault.BadEmail => "an e-mail address does not end with '>'",
        ObjectFault.MissingSpaceBeforeDate => "a space is missing before the date",
        ObjectFault.ZeroPaddedDate => "a date begins with a zero",
        ObjectFault.BadDateOverflow => "a date is out of range",
        ObjectFault.BadDate => "a date is not a number of seconds",
        ObjectFault.BadTimezone => "a time zone is not of the form +hhmm",
        ObjectFault.MissingObject => "the 'object' line is missing",
        ObjectFault.BadObjectSha1 => "the 'object' line has no valid id",
        ObjectFault.MissingTypeEntry => "the 'type' line is missing",
        ObjectFault.BadType => "the 'type' line names no kind of object",
        ObjectFault.MissingTagEntry => "the 'tag' line is missing",
        ObjectFault.BadTagName => "the tag's name is not allowed",
        ObjectFault.MissingTaggerEntry => "the 'tagger' line is missing",
        ObjectFault.BadTree => "the tree cannot be read",
        ObjectFault.EmptyName => "an entry has no name",
        ObjectFault.FullPathname => "an entry's name contains '/'",
        ObjectFault.HasDot => "an entry is named '.'",
        ObjectFault.HasDotdot => "an entry is named '..'",
        ObjectFault.HasDotgit => "an entry is named '.git', or like it on some file system",
        ObjectFault.NullSha1 => "an entry has the zero id",
        ObjectFault.BadFilemode => "an entry's mode is not one that git writes",
        ObjectFault.ZeroPaddedFilemode => "an entry's mode begins with a zero",
        ObjectFault.DuplicateEntries => "two entries have the same name",
        ObjectFault.TreeNotSorted => "the entries are not in order",
        ObjectFault.LargePathname => "an entry's name is longer than 4096 octets",
        ObjectFault.GitmodulesSymlink => ".gitmodules is a symbolic link",
    };
}
