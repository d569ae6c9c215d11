using System.Globalization;

namespace Riad.Host;

/// <summary>The folder in which an appliance keeps what must outlive the process. One process at a time holds it.</summary>
/// <remarks>The lock is the operating system's (flock), so it ends with the process, however that ends.</remarks>
public sealed class StateDirectory : IDisposable
{
    private const string LockName = "lock";

    // Beside the lock and not inside: .NET asks for the lock even to read.
    private const string HolderName = "lock.process";

    // EWOULDBLOCK of flock(2), as .NET hands it on; on Windows a sharing violation.
    private static readonly int WouldBlock = OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsLinux() ? 11 : 35;

    // ENOSPC of write(2), as .NET hands it on.
    private const int NoSpace = 28;

    private readonly FileStream held;

    private StateDirectory(DirectoryInfo folder, FileStream held) => (Folder, this.held) = (folder, held);

    /// <summary>The folder; it exists and only its owner can look inside, if we created it.</summary>
    public DirectoryInfo Folder { get; }

    /// <summary>The full path of something inside.</summary>
    public string PathOf(string name) => Path.Combine(Folder.FullName, name);

    /// <summary>Creates the folder when it is missing, and takes its lock.</summary>
    /// <exception cref="OperatorException">It cannot be written, or another process holds it.</exception>
    public static StateDirectory Open(DirectoryInfo folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            CreateFolder(folder.FullName);
            var stream = OpenLock(folder);
            NameHolder(folder);
            return new(folder, stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(folder, exception);
        }
    }

    /// <summary>Creates the folder when it is missing, and does not take its lock.</summary>
    /// <exception cref="OperatorException">It cannot be created.</exception>
    internal static void Create(DirectoryInfo folder)
    {
        try
        {
            CreateFolder(folder.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(folder, exception);
        }
    }

    /// <summary>Lets another process have it.</summary>
    public void Dispose() => held.Dispose();

    private static OperatorException CannotWrite(DirectoryInfo folder, Exception exception) =>
        OperatorException.CannotRun($"the state directory {Show(folder)} cannot be written ({Reason(exception)}); give --state another one", exception);

    private static FileStream OpenLock(DirectoryInfo folder)
    {
        var path = Path.Combine(folder.FullName, LockName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            throw OperatorException.CannotRun($"the state directory {Show(folder)} is in use by {HolderOf(folder)}; stop that one or give --state another directory", exception);
        }
    }

    // A courtesy to who meets the lock: on a full disk it is left out, and serving is not.
    private static void NameHolder(DirectoryInfo folder)
    {
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, HolderName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        }
        catch (IOException exception) when (exception.HResult == NoSpace)
        {
            // The lock is held all the same.
        }
    }

    private static string HolderOf(DirectoryInfo folder)
    {
        try
        {
            return "process " + OneLine.Escape(File.ReadAllText(Path.Combine(folder.FullName, HolderName)).Trim());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Show(DirectoryInfo folder) => OneLine.Escape(folder.ToString());

    private static string Reason(Exception exception) => exception switch
    {
        UnauthorizedAccessException => "permission denied",
        _ => OneLine.Escape(exception.Message.TrimEnd('.')),
    };
}
