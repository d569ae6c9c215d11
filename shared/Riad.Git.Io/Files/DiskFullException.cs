namespace Riad.Git.Io.Files;

/// <summary>There is no room left on the disk. What was begun has been removed again; the repository is as it was.</summary>
public sealed class DiskFullException : IOException
{
    internal DiskFullException(Exception inner) : base("the disk is full; nothing was changed", inner) { }
}

internal static class DiskFull
{
    private const int NoSpace = 28;
    private const int WindowsNoSpace = unchecked((int)0x80070070);
    private static readonly int OverQuota = OperatingSystem.IsMacOS() ? 69 : 122;

    public static bool Is(IOException error) => error.HResult is NoSpace or WindowsNoSpace || error.HResult == OverQuota;

    public static void Guard(Action action) => Guard(() =>
    {
        action();
        return true;
    });

    public static T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (IOException error) when (Is(error))
        {
            throw new DiskFullException(error);
        }
    }
}
