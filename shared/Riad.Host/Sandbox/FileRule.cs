namespace Riad.Host.Sandbox;

/// <summary>What a process may do with a file, or with everything below a folder.</summary>
/// <param name="Path">One that is not there is passed over.</param>
/// <param name="Rights">Any of the flags here.</param>
internal readonly record struct FileRule(string Path, FileRights Rights);

/// <summary>What can be done with files.</summary>
/// <remarks>Source: Linux, include/uapi/linux/landlock.h.</remarks>
[Flags]
internal enum FileRights : ulong
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Start a program from it.</summary>
    Execute = 1,

    /// <summary>Write what is there.</summary>
    WriteFile = 2,

    /// <summary>Read what is there.</summary>
    ReadFile = 4,

    /// <summary>List a folder.</summary>
    ReadFolder = 8,

    /// <summary>Remove a folder.</summary>
    RemoveFolder = 0x10,

    /// <summary>Remove what is no folder.</summary>
    RemoveFile = 0x20,

    /// <summary>Make a device of characters.</summary>
    MakeCharacterDevice = 0x40,

    /// <summary>Make a folder.</summary>
    MakeFolder = 0x80,

    /// <summary>Make a file.</summary>
    MakeFile = 0x100,

    /// <summary>Make a socket with a name.</summary>
    MakeSocket = 0x200,

    /// <summary>Make a pipe with a name.</summary>
    MakePipe = 0x400,

    /// <summary>Make a device of blocks.</summary>
    MakeBlockDevice = 0x800,

    /// <summary>Make a symbolic link.</summary>
    MakeLink = 0x1000,

    /// <summary>Move between two folders.</summary>
    Move = 0x2000,

    /// <summary>Cut a file short.</summary>
    Truncate = 0x4000,

    /// <summary>What makes sense for a single file.</summary>
    OfFile = Execute | WriteFile | ReadFile | Truncate,

    /// <summary>Read only.</summary>
    Read = ReadFile | ReadFolder,

    /// <summary>Everything but starting programs and making devices.</summary>
    Write = Read | WriteFile | RemoveFolder | RemoveFile | MakeFolder | MakeFile | MakeSocket | MakePipe | MakeLink | Move | Truncate,

    /// <summary>Everything that is asked for before it is done.</summary>
    All = Execute | Write | MakeCharacterDevice | MakeBlockDevice,
}
