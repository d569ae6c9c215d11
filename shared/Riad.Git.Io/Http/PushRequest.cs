using System.Collections.Immutable;
using Riad.Git.Protocol;

namespace Riad.Git.Io.Http;

/// <summary>A push whose objects have arrived and were found well-formed, and of which nothing has happened yet.</summary>
public sealed class PushRequest
{
    private readonly Action<string> say;

    internal PushRequest(ReceiveRequest request, Quarantine quarantine, PushClient client, Action<string> say) =>
        (Commands, Options, IsAtomic, IsQuiet, Quarantine, Client, this.say) =
        (request.Commands, request.Options, request.IsAtomic, request.IsQuiet, quarantine, client, say);

    /// <summary>What it does to refs, at least one; names and old values are as the client sent them.</summary>
    public ImmutableArray<RefCommand> Commands { get; }

    /// <summary>What was given with <c>git push -o</c>, in order.</summary>
    public ImmutableArray<string> Options { get; }

    /// <summary>All refs or none.</summary>
    public bool IsAtomic { get; }

    /// <summary>The person asked for no progress; what matters may be said all the same.</summary>
    public bool IsQuiet { get; }

    /// <summary>The objects of the push together with those of the repository. Who does not promote it leaves no trace.</summary>
    public Quarantine Quarantine { get; }

    /// <summary>Who pushes.</summary>
    public PushClient Client { get; }

    /// <summary>Shows a line to the person who pushes, at once, after <c>remote: </c>.</summary>
    /// <param name="line">Without a newline. What is not fit for a terminal is replaced.</param>
    /// <remarks>May be called from any thread until the receiver returns.</remarks>
    public void Say(string line) => say(line + "\n");
}
