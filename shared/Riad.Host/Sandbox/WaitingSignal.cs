using System.Globalization;

namespace Riad.Host.Sandbox;

/// <summary>Whether a signal waits at a thread of this process that blocks it.</summary>
/// <remarks>Source: proc_pid_status(5): sets of signals in hexadecimal digits, the first signal the lowest bit.</remarks>
internal static class WaitingSignal
{
    /// <summary>Asks the kernel; false also for a thread that has ended.</summary>
    public static bool IsBlocked(int thread, int signal)
    {
        try
        {
            return IsBlocked(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{thread}/status")), signal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The same of what the kernel says. While a thread handles the signal it blocks it too, but then it waits no longer.</summary>
    internal static bool IsBlocked(ReadOnlySpan<char> status, int signal) => Has(status, "SigPnd:\t", signal) && Has(status, "SigBlk:\t", signal);

    private static bool Has(ReadOnlySpan<char> status, string set, int signal)
    {
        foreach (var line in status.EnumerateLines())
        {
            if (line.StartsWith(set, StringComparison.Ordinal))
                return ulong.TryParse(line[set.Length..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var signals) && ((signals >> (signal - 1)) & 1) == 1;
        }
        return false;
    }
}
