using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Protocol.Client;

/// <summary>What a client asks for when it fetches: one listing and one pack, each asked for once.</summary>
/// <remarks>
/// All that the client has is said at once and ended with <c>done</c>, so that the exchange has one round whatever the server
/// does. Source: gitprotocol-v2(5), "ls-refs", "fetch"; gitprotocol-pack(5), "Packfile Negotiation".
/// </remarks>
public static class FetchRequest
{
    /// <summary>The version to ask for, as the header and environment variable say it.</summary>
    public const string AskedVersion = "version=2";

    /// <summary>Asks a version 2 server for refs.</summary>
    /// <param name="output">Takes the lines.</param>
    /// <param name="greeting">What the server said first.</param>
    /// <param name="prefixes">How the names begin.</param>
    /// <param name="agent">Name and version of the client, without spaces.</param>
    public static void WriteListing(PktLineWriter output, ServerGreeting.Commands greeting, IEnumerable<string> prefixes, string agent)
    {
        ArgumentNullException.ThrowIfNull(greeting);
        ArgumentNullException.ThrowIfNull(prefixes);
        WriteCommand(output, "ls-refs", greeting, agent);
        foreach (var prefix in prefixes)
            output.WriteText($"ref-prefix {prefix}");
        output.WriteFlush();
    }

    /// <summary>Asks for a pack.</summary>
    /// <param name="output">Takes the lines.</param>
    /// <param name="greeting">What the server said first.</param>
    /// <param name="wants">At least one, without repetition.</param>
    /// <param name="haves">What the client has, the most likely first.</param>
    /// <param name="agent">Name and version of the client, without spaces.</param>
    public static void Write(PktLineWriter output, ServerGreeting greeting, ImmutableArray<ObjectId> wants, ImmutableArray<ObjectId> haves, string agent)
    {
        ArgumentNullException.ThrowIfNull(greeting);
        if (greeting is ServerGreeting.Commands commands)
            WriteCommand(output, "fetch", commands, agent);
        foreach (var feature in greeting is ServerGreeting.Commands ? (ReadOnlySpan<string>)["thin-pack", "no-progress", "ofs-delta"] : [])
            output.WriteText(feature);
        var first = greeting is ServerGreeting.Refs ? $" side-band-64k {Offered(greeting.Capabilities, "thin-pack", "ofs-delta", "no-progress")}agent={agent}" : "";
        foreach (var want in wants)
        {
            output.WriteText($"want {want}{first}");
            first = "";
        }
        if (greeting is ServerGreeting.Refs)
            output.WriteFlush();
        foreach (var have in haves)
            output.WriteText($"have {have}");
        output.WriteText("done");
        if (greeting is ServerGreeting.Commands)
            output.WriteFlush();
    }

    /// <summary>What a server must be able to do, and cannot; null when nothing is lacking.</summary>
    public static ClientError? FindObstacle(ServerGreeting greeting)
    {
        ArgumentNullException.ThrowIfNull(greeting);
        return greeting is ServerGreeting.Refs && !greeting.Capabilities.Contains("side-band-64k") ? new(ClientFault.Capability, "side-band-64k") : null;
    }

    private static void WriteCommand(PktLineWriter output, string command, ServerGreeting.Commands greeting, string agent)
    {
        output.WriteText($"command={command}");
        if (greeting.Capabilities.Contains("agent"))
            output.WriteText($"agent={agent}");
        if (greeting.Capabilities.Contains("object-format"))
            output.WriteText("object-format=sha1");
        output.WriteDelimiter();
    }

    private static string Offered(CapabilityList offered, params ReadOnlySpan<string> wished)
    {
        var words = "";
        foreach (var word in wished)
            words += offered.Contains(word) ? word + " " : "";
        return words;
    }
}
