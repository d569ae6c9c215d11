using System.Collections.Immutable;

namespace Riad.Git.Protocol;

/// <summary>What became of one ref of a push.</summary>
/// <param name="Name">The ref, as the client named it.</param>
/// <param name="Refusal">Why it was refused, in words for the person who pushed; null when it was not.</param>
public sealed record RefOutcome(string Name, string? Refusal)
{
    /// <summary>An accepted ref.</summary>
    public static RefOutcome Accepted(string name) => new(name, Refusal: null);
}

/// <summary>What became of a push.</summary>
/// <remarks>Source: gitprotocol-pack(5), "Report Status".</remarks>
public sealed class PushReport
{
    private PushReport(string? unpackFault, ImmutableArray<RefOutcome> refs) => (UnpackFault, Refs) = (unpackFault, refs);

    /// <summary>Why the pack was not taken; null when it was.</summary>
    public string? UnpackFault { get; }

    /// <summary>One for each command, in the order of the push.</summary>
    public ImmutableArray<RefOutcome> Refs { get; }

    /// <summary>True when at least one ref was accepted.</summary>
    public bool AnyAccepted => UnpackFault is null && Refs.Any(outcome => outcome.Refusal is null);

    /// <summary>The pack was good; each ref has its own outcome.</summary>
    public static PushReport Of(IEnumerable<RefOutcome> refs) => new(unpackFault: null, [.. refs]);

    /// <summary>The pack was not taken, and so no ref changed.</summary>
    public static PushReport NotUnpacked(string fault, IEnumerable<RefCommand> commands) =>
        new(fault, [.. commands.Select(command => new RefOutcome(command.Name, "unpacker error"))]);

    /// <summary>What another server said.</summary>
    internal static PushReport Heard(string? unpackFault, IEnumerable<RefOutcome> refs) => new(unpackFault, [.. refs]);

    /// <summary>Every ref is refused for the same reason.</summary>
    public static PushReport Refused(string reason, IEnumerable<RefCommand> commands) =>
        new(unpackFault: null, [.. commands.Select(command => new RefOutcome(command.Name, reason))]);

    /// <summary>Writes the report as git reads it: a line for the pack, a line for each ref.</summary>
    public void Write(PktLineWriter output)
    {
        output.WriteText($"unpack {OneLine(UnpackFault ?? "ok")}");
        foreach (var (name, refusal) in Refs)
            output.WriteText(refusal is null ? $"ok {name}" : $"ng {name} {OneLine(refusal)}");
        output.WriteFlush();
    }

    private static string OneLine(string text) => TerminalText.Clean(text).ReplaceLineEndings(" ");
}
