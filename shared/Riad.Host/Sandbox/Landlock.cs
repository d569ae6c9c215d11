using System.Runtime.InteropServices;

namespace Riad.Host.Sandbox;

/// <summary>Restricts which files the calling thread, and what it starts, can use.</summary>
/// <remarks>Source: Linux, Documentation/userspace-api/landlock.rst.</remarks>
internal static unsafe class Landlock
{
    // Version 1 (Linux 5.13) forbids every move between folders, which Git needs; 2 is of 5.19, 3 knows truncation.
    private const int LeastVersion = 2, VersionWithTruncate = 3;

    /// <summary>Restricts this thread; null when it is done, otherwise why not.</summary>
    public static string? Restrict(IEnumerable<FileRule> rules)
    {
        var version = (int)Native.SystemCall(Native.CreateRuleset, 0, 0, Native.AskVersion, 0);
        if (version < LeastVersion)
            return version < 0 ? Native.Reason : $"version {version}, needed is {LeastVersion}";
        var handled = version < VersionWithTruncate ? FileRights.All & ~FileRights.Truncate : FileRights.All;
        var attributes = (ulong)handled;
        var ruleset = (int)Native.SystemCall(Native.CreateRuleset, (nint)(&attributes), sizeof(ulong), 0, 0);
        if (ruleset < 0)
            return Native.Reason;
        try
        {
            foreach (var rule in rules)
            {
                if (Add(ruleset, rule, handled) is { } reason)
                    return $"{rule.Path}: {reason}";
            }
            if (Native.ProcessControl(Native.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
                return Native.Reason;
            return Native.SystemCall(Native.RestrictSelf, ruleset, 0, 0, 0) == 0 ? null : Native.Reason;
        }
        finally
        {
            _ = Native.Close(ruleset);
        }
    }

    private static string? Add(int ruleset, FileRule rule, FileRights handled)
    {
        var descriptor = Native.Open(rule.Path, Native.O_PATH | Native.O_CLOEXEC);
        if (descriptor < 0)
            return null;
        // struct landlock_path_beneath_attr, packed: rights, then the descriptor.
        var attributes = stackalloc byte[12];
        var rights = rule.Rights & handled & (Directory.Exists(rule.Path) ? FileRights.All : FileRights.OfFile);
        MemoryMarshal.Write(new(attributes, 8), (ulong)rights);
        MemoryMarshal.Write(new(attributes + 8, 4), descriptor);
        var done = Native.SystemCall(Native.AddRule, ruleset, Native.PathBeneath, (nint)attributes, 0);
        var reason = done == 0 ? null : Native.Reason;
        _ = Native.Close(descriptor);
        return reason;
    }
}
