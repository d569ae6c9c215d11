namespace Riad.Dns.MasterFiles;

/// <summary>Why an included file cannot be had, though its path is good.</summary>
public enum IncludeRefusal
{
    /// <summary>It can be had.</summary>
    None,

    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>The path, or a folder on it, is a symbolic link.</summary>
    SymbolicLink,

    /// <summary>The path leads into a submodule.</summary>
    Submodule,

    /// <summary>The path is a folder.</summary>
    Folder,

    /// <summary>The file is longer than the caller takes.</summary>
    TooLarge,
}
