namespace Riad.Host;

/// <summary>What a process of ours ends with.</summary>
public static class ExitCode
{
    /// <summary>Done, or stopped as asked.</summary>
    public const int Done = 0;

    /// <summary>The world does not allow it: a port is taken, the state cannot be written; or a check found errors.</summary>
    public const int CannotRun = 1;

    /// <summary>The arguments are wrong (EX_USAGE of sysexits.h).</summary>
    public const int BadArguments = 64;

    /// <summary>We are wrong: an exception that nobody expected (EX_SOFTWARE of sysexits.h).</summary>
    public const int Bug = 70;
}
