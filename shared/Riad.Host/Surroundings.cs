using System.Collections;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Riad.Host.Settings;

namespace Riad.Host;

/// <summary>What a process finds around itself: the only thing that differs between a real run and a test.</summary>
internal sealed record Surroundings
{
    /// <summary>Names the file with what is set for the service of a machine; given by the machine's first process.</summary>
    public const string MachineOptionsVariable = "MACHINE_OPTIONS";

    /// <summary>Holds what is wrong with the settings of the machine itself (<see cref="MachineFaults"/>); given by the machine's first process.</summary>
    public const string MachineFaultVariable = "MACHINE_FAULT";

    /// <summary>Holds what is not as good as it could be about the machine itself; given by the machine's first process.</summary>
    public const string MachineNoteVariable = "MACHINE_NOTE";

    /// <summary>The settings outside the arguments.</summary>
    public GivenElsewhere Elsewhere { get; init; } = GivenElsewhere.Nothing;

    public required TextReader Input { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Reads a line from the terminal without showing it; null when standard input is no terminal.</summary>
    public Func<string>? ReadHiddenLine { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where systemd listens; null without it.</summary>
    public string? NotifySocket { get; init; }

    /// <summary>True when standard error goes to the journal.</summary>
    public bool IsJournal { get; init; }

    /// <summary>True for the service of a machine of its own, which has nobody to return to.</summary>
    public bool IsMachine { get; init; }

    /// <summary>What is wrong with the settings of the machine itself, a sentence each.</summary>
    public ImmutableArray<string> FaultsOfMachine { get; init; } = [];

    /// <summary>What is not as good as it could be about the machine itself; null when all is well.</summary>
    public string? MachineNote { get; init; }

    /// <summary>True when this process is ours alone, so that it can give up rights.</summary>
    public bool MayConfine { get; init; }

    /// <summary>Calls back for every signal that matters, until disposed.</summary>
    public required Func<Action<ProcessSignal>, IDisposable> ListenToSignals { get; init; }

    /// <summary>The real ones.</summary>
    public static Surroundings OfThisProcess() => new()
    {
        Elsewhere = new(ReadEnvironment(), ReadKernelLine()),
        Input = Console.In,
        Output = Console.Out,
        Error = Console.Error,
        ReadHiddenLine = Console.IsInputRedirected ? null : HiddenLine.Read,
        NotifySocket = Environment.GetEnvironmentVariable("NOTIFY_SOCKET"),
        IsJournal = Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 },
        IsMachine = Environment.GetEnvironmentVariable(MachineOptionsVariable) is { Length: > 0 },
        FaultsOfMachine = MachineFaults.Read(Environment.GetEnvironmentVariable(MachineFaultVariable)),
        MachineNote = Environment.GetEnvironmentVariable(MachineNoteVariable) is { Length: > 0 } note ? note : null,
        MayConfine = true,
        ListenToSignals = PosixSignals.Listen,
    };

    private static ImmutableSortedDictionary<string, string> ReadEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""))
        .Where(entry => entry.Key.StartsWith("RIAD_", StringComparison.Ordinal))
        .ToImmutableSortedDictionary(StringComparer.Ordinal);

    // Only a machine of its own is meant by the kernel's line: in a container it belongs to the host.
    private static ImmutableArray<KeyValuePair<string, string>> ReadKernelLine() =>
        Environment.GetEnvironmentVariable(MachineOptionsVariable) is { Length: > 0 } file ? KernelCommandLine.Read(File.ReadAllText(file)) : [];
}
