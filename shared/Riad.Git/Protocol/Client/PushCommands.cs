using System.Collections.Immutable;

namespace Riad.Git.Protocol.Client;

/// <summary>The front of a push as a client writes it: all of it but the pack.</summary>
/// <remarks>Source: gitprotocol-pack(5), "Pushing Data To a Server"; gitprotocol-capabilities(5).</remarks>
public static class PushCommands
{
    /// <summary>What a server must be able to do, and cannot; null when nothing is lacking.</summary>
    /// <param name="greeting">What the server said first.</param>
    /// <param name="commandCount">How many refs are to change: more than one only together.</param>
    public static ClientError? FindObstacle(ServerGreeting.Refs greeting, int commandCount)
    {
        ArgumentNullException.ThrowIfNull(greeting);
        if (!greeting.Capabilities.Contains("report-status"))
            return new(ClientFault.Capability, "report-status");
        return commandCount > 1 && !greeting.Capabilities.Contains("atomic") ? new(ClientFault.Capability, "atomic pushes") : null;
    }

    /// <summary>True when the answer will come in pieces of the side band.</summary>
    public static bool HasSideBand(ServerGreeting.Refs greeting)
    {
        ArgumentNullException.ThrowIfNull(greeting);
        return greeting.Capabilities.Contains("side-band-64k");
    }

    /// <summary>Writes the commands. A pack comes next, unless nothing but deletions was asked for.</summary>
    /// <param name="output">Takes the lines.</param>
    /// <param name="greeting">What the server said first.</param>
    /// <param name="commands">At least one; more than one change together or not at all.</param>
    /// <param name="agent">Name and version of the client, without spaces.</param>
    public static void Write(PktLineWriter output, ServerGreeting.Refs greeting, ImmutableArray<RefCommand> commands, string agent)
    {
        ArgumentNullException.ThrowIfNull(greeting);
        var capabilities = " report-status";
        foreach (var wished in (ReadOnlySpan<string>)["side-band-64k", "quiet", "atomic"])
            capabilities += greeting.Capabilities.Contains(wished) ? $" {wished}" : "";
        if (greeting.Capabilities.Contains("object-format"))
            capabilities += " object-format=sha1";
        if (greeting.Capabilities.Contains("agent"))
            capabilities += $" agent={agent}";
        var first = $"\0{capabilities}";
        foreach (var command in commands)
        {
            output.WriteText($"{command.Old} {command.New} {command.Name}{first}");
            first = "";
        }
        output.WriteFlush();
    }
}
