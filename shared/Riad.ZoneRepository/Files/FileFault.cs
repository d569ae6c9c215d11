namespace Riad.ZoneRepository.Files;

/// <summary>Why a path of a commit cannot be read as a part of a zone.</summary>
public enum FileFault
{
    /// <summary>It can.</summary>
    None,

    /// <summary>Empty, longer than 1,024 octets, or with an empty part.</summary>
    BadPath,

    /// <summary>It begins with '/' or has a part '..'.</summary>
    LeavesRepository,

    /// <summary>There is no such file.</summary>
    NotFound,

    /// <summary>It is a folder.</summary>
    Folder,

    /// <summary>It, or a folder on the way, is a symbolic link.</summary>
    SymbolicLink,

    /// <summary>It, or a folder on the way, is a submodule.</summary>
    Submodule,

    /// <summary>It holds keys.</summary>
    KeyFile,

    /// <summary>It is larger than a file may be, or all files of the zone together are.</summary>
    TooLarge,
}

/// <summary>The words for <see cref="FileFault"/>.</summary>
public static class FileFaults
{
    /// <summary>A few words that follow the path.</summary>
    public static string Describe(this FileFault fault) => fault switch
    {
        FileFault.None => "can be read",
        FileFault.BadPath => "is not a path; write it from the root of the repository, such as parts/mail",
        FileFault.LeavesRepository => "leaves the repository; write it from the root of the repository, without '/' in front and without '..'",
        FileFault.NotFound => "does not exist; paths begin at the root of the repository",
        FileFault.Folder => "is a folder",
        FileFault.SymbolicLink => "is a symbolic link, which is never followed",
        FileFault.Submodule => "is a submodule, which is never followed",
        FileFault.KeyFile => "holds keys, which are never part of a zone",
        FileFault.TooLarge => $"makes the zone larger than {RepositoryFiles.MaxFileOctets >> 20} MiB",
    };
}
