using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Riad.Host.Sandbox;

/// <summary>Takes from this process what it does not need, before it serves anybody.</summary>
/// <remarks>
/// The runtime has threads before our first line. All of them are bound where they are, by the kernel (the filter of
/// system calls, and files where it is a new one) or each by itself (files: <see cref="ThreadSignal"/>). The filter comes
/// last, so that it may forbid what binding needs.
/// </remarks>
/// <param name="mode">How much of it has to be.</param>
/// <param name="isMachine">True for the service of a machine of its own, whose first process may have closed the files.</param>
internal sealed class Confinement(SandboxMode mode, bool isMachine)
{
    /// <summary>Says in a machine's service that the files outside are closed already.</summary>
    public const string Variable = "SANDBOX_ENTERED";

    /// <summary>Its value: the machine's first process closed them before it started us.</summary>
    public const string ByParent = "before";

    private readonly List<(string What, string Reason)> missing = [];

    /// <summary>Gives up for every thread, those that are there and those that come, what can be.</summary>
    /// <exception cref="OperatorException">It is required, and the kernel cannot do it.</exception>
    public void Enter(SandboxNeeds needs, IEnumerable<FileRule> rules)
    {
        if (mode is SandboxMode.Off || !OperatingSystem.IsLinux())
            return;
        if (!IsClosedByParent)
        {
            Note("debuggers find this process", DiagnosticPort.Close(out var awaited));
            Note("files outside its own are not closed off (Landlock)", Landlock.RestrictEveryThread(rules.Concat(awaited)));
        }
        Environment.SetEnvironmentVariable(Variable, value: null);
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

    private bool IsClosedByParent => isMachine && Environment.GetEnvironmentVariable(Variable) is ByParent;

    private void Note(string what, string? reason)
    {
        if (reason is null)
            return;
        if (mode is SandboxMode.Require)
            throw OperatorException.CannotRun($"{what}: {reason}; write --sandbox on to go on without it, or take a newer kernel");
        missing.Add((what, reason));
    }
}
