using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Riad.Host.Sandbox;

/// <summary>Takes from this process what it does not need, before it serves anybody.</summary>
/// <remarks>
/// Landlock binds the thread that asks and what it starts, not its siblings, and the runtime has threads before our
/// first line. So the program starts itself anew, in the same process: what it is then has had no other thread. The filter
/// of system calls comes afterwards, for all threads at once, so that it can forbid starting programs.
/// </remarks>
/// <param name="mode">How much of it has to be.</param>
/// <param name="isMachine">True for the service of a machine of its own, whose first process may have closed the files.</param>
internal sealed class Confinement(SandboxMode mode, bool isMachine)
{
    /// <summary>Says that the files outside are closed already. Its value is the number of the process, so that a program that we start does not take it for itself.</summary>
    public const string Variable = "SANDBOX_ENTERED";

    /// <summary>The value that a machine's first process gives, which closed them before it started us.</summary>
    public const string ByParent = "before";

    private readonly List<(string What, string Reason)> missing = [];

    /// <summary>Returns when everything is given up that can be; the first time it may not return but begin the program anew.</summary>
    /// <exception cref="OperatorException">It is required, and the kernel cannot do it.</exception>
    public void Enter(SandboxNeeds needs, IEnumerable<FileRule> rules)
    {
        if (mode is SandboxMode.Off || !OperatingSystem.IsLinux())
            return;
        string? reason = null;
        if (IsBegunAnew)
            reason = IsClosed(rules) ? null : $"{Variable} is set, and nothing is closed; take it out of the environment";
        else if (!IsClosedByParent)
        {
            reason = Landlock.Restrict(rules);
            // Without it nothing was given up, and there is no need to begin anew.
            if (reason is null)
                reason = "the program did not start anew: " + Restart();
        }
        Environment.SetEnvironmentVariable(Variable, value: null);
        Note("files outside its own are not closed off (Landlock)", reason);
        if (!SystemCallFilter.TryWrite(RuntimeInformation.ProcessArchitecture, needs.StartsPrograms || !needs.Programs.IsEmpty, out var filter))
            Note("system calls are not filtered (seccomp)", "this processor is unknown");
        else
            Note("system calls are not filtered (seccomp)", SecureComputing.Restrict(filter));
    }

    /// <summary>Says what could not be given up.</summary>
    public void Report(ILogger log)
    {
        foreach (var (what, reason) in missing)
            log.LogWarning("sandbox incomplete: {What} reason={Reason}", what, reason);
    }

    private static string? Entered => Environment.GetEnvironmentVariable(Variable);

    private static bool IsBegunAnew => Entered == FormattableString.Invariant($"{Environment.ProcessId}");

    private bool IsClosedByParent => isMachine && Entered is ByParent;

    // Somebody else may have set the variable: in a container every first process has the number 1.
    private static bool IsClosed(IEnumerable<FileRule> rules)
    {
        var root = Native.Open("/", Native.O_CLOEXEC);
        if (root < 0)
            return true;
        _ = Native.Close(root);
        return rules.Any(static rule => rule.Path is "/");
    }

    private void Note(string what, string? reason)
    {
        if (reason is null)
            return;
        if (mode is SandboxMode.Require)
            throw OperatorException.CannotRun($"{what}: {reason}; write --sandbox on to go on without it, or take a newer kernel");
        missing.Add((what, reason));
    }

    private static unsafe string Restart()
    {
        var arguments = Split(File.ReadAllBytes("/proc/self/cmdline"));
        // No door for debuggers: it would lie in a folder that is closed now.
        string[] more = [FormattableString.Invariant($"{Variable}={Environment.ProcessId}"), "DOTNET_EnableDiagnostics=0"];
        var environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Where(entry => entry.Key is not "DOTNET_EnableDiagnostics")
            .Select(entry => $"{entry.Key}={entry.Value}")
            .Concat(more).Select(Encoding.UTF8.GetBytes).ToList();
        var (argumentPointers, environmentPointers) = (Pin(arguments), Pin(environment));
        fixed (nint* first = argumentPointers, second = environmentPointers)
            _ = Native.Execute("/proc/self/exe", (byte**)first, (byte**)second);
        return Native.Reason;
    }

    private static List<byte[]> Split(ReadOnlySpan<byte> line)
    {
        var words = new List<byte[]>();
        while (line.IndexOf((byte)0) is >= 0 and var end)
        {
            words.Add(line[..end].ToArray());
            line = line[(end + 1)..];
        }
        return words;
    }

    // What is not freed ends with the program that it starts.
    private static unsafe nint[] Pin(List<byte[]> texts)
    {
        var pointers = new nint[texts.Count + 1];
        for (var index = 0; index < texts.Count; index++)
        {
            var memory = (byte*)NativeMemory.AllocZeroed((nuint)texts[index].Length + 1);
            texts[index].CopyTo(new Span<byte>(memory, texts[index].Length));
            pointers[index] = (nint)memory;
        }
        return pointers;
    }
}
