namespace Riad.Images.Packages;

/// <summary>Why a file is no Debian package.</summary>
public enum DebFault
{
    /// <summary>It does not begin as an archive of ar.</summary>
    NotAnArchive,

    /// <summary>A member's header is damaged, or the member ends behind the file.</summary>
    Damaged,

    /// <summary>No member is named data.tar.xz.</summary>
    NoFiles,
}
