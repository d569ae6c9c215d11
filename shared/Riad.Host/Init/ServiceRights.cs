using System.Globalization;

namespace Riad.Host.Init;

/// <summary>What the kernel says that the service may do, in words: for the console, where a person sees that it is little.</summary>
/// <remarks>Source: Linux, proc_pid_status(5), proc_pid_mounts(5).</remarks>
internal static class ServiceRights
{
    private const string Filtered = "2", Yes = "1", Root = "/", ReadOnly = "ro";

    // Inheritable, permitted, effective, what can be gained by a file, what a program keeps.
    private static readonly string[] Capabilities = ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"];

    /// <summary>Of a process that runs; null when it has ended.</summary>
    public static string? Of(int process)
    {
        try
        {
            return Describe(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")), File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/mounts")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What two files of a process say.</summary>
    /// <param name="status">A fact a line: its name, a colon, its values.</param>
    /// <param name="mounts">A mount a line: what, where, type, options; of two in one place the later hides the other.</param>
    public static string Describe(string status, string mounts)
    {
        var facts = status.Split('\n').Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => parts[1].Trim().Replace('\t', ' '), StringComparer.Ordinal);
        string Fact(string name) => facts[name].FirstOrDefault() ?? "?";
        var users = Fact("Uid").Split(' ').Distinct(StringComparer.Ordinal);
        var some = Capabilities.Select(Fact).Where(value => value.Any(digit => digit is not '0')).Distinct(StringComparer.Ordinal).ToList();
        var root = mounts.Split('\n').Select(line => line.Split(' ')).LastOrDefault(fields => fields is [_, Root, _, _, ..]);
        string[] said =
        [
            some.Count == 0 ? "no capabilities" : $"capabilities {string.Join(' ', some)}",
            Fact("NoNewPrivs") is Yes ? "no new privileges" : "privileges to gain",
            Fact("Seccomp") is Filtered ? "filtered system calls" : "all system calls",
            root?[3].Split(',') is [ReadOnly, ..] ? "a root that is read-only" : "a root that can be written",
        ];
        return $"the service is user {string.Join(' ', users)} with {string.Join(", ", said)}";
    }
}
