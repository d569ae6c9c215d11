using System.Runtime.InteropServices;

namespace Riad.Host.Sandbox;

/// <summary>Restricts which files threads, and what they start, can use.</summary>
/// <remarks>Source: Linux, Documentation/userspace-api/landlock.rst and include/uapi/linux/landlock.h.</remarks>
internal static unsafe class Landlock
{
    // Version 1 (Linux 5.13) forbids every move between folders, which Git needs; 2 is of 5.19, 3 knows truncation, 8 (Linux 7.0) every thread.
    private const int LeastVersion = 2, VersionWithTruncate = 3, VersionWithEveryThread = 8;

    /// <summary>What the kernel can; negative when it cannot at all.</summary>
    public static int Version => (int)Native.SystemCall(Native.CreateRuleset, 0, 0, Native.AskVersion, 0);

    /// <summary>Restricts this thread; null when it is done, otherwise why not.</summary>
    public static string? Restrict(IEnumerable<FileRule> rules) => Restrict(rules, static (ruleset, _) => RestrictThread(ruleset));

    /// <summary>Restricts every thread of this process, those that are there and those that come; null when it is done, otherwise why not, and then some may be.</summary>
    public static string? RestrictEveryThread(IEnumerable<FileRule> rules) =>
        Restrict(rules, static (ruleset, version) => version >= VersionWithEveryThread ? RestrictSelf(ruleset, Native.EveryThread) : ThreadSignal.Restrict(ruleset));

    /// <summary>Restricts this thread; null when it is done, otherwise why not.</summary>
    /// <param name="ruleset">What landlock_create_ruleset gave.</param>
    internal static string? RestrictThread(int ruleset) => RestrictSelf(ruleset, 0);

    private static string? RestrictSelf(int ruleset, nint flags) => Native.SystemCall(Native.RestrictSelf, ruleset, flags, 0, 0) == 0 ? null : Native.Reason;

    private static string? Restrict(IEnumerable<FileRule> rules, Func<int, int, string?> bind)
    {
        var version = Version;
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
            return Native.ProcessControl(Native.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? bind(ruleset, version) : Native.Reason;
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
