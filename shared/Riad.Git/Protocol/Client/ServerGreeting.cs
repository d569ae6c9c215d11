using System.Collections.Immutable;
using Riad.Git.Objects;

namespace Riad.Git.Protocol.Client;

/// <summary>What a server says first: a closed family.</summary>
public abstract record ServerGreeting
{
    private ServerGreeting(CapabilityList capabilities) => Capabilities = capabilities;

    /// <summary>What it can do.</summary>
    public CapabilityList Capabilities { get; }

    /// <summary>Version 0 or 1: all its refs.</summary>
    /// <param name="Listed">In the server's order, HEAD and <c>.have</c> included.</param>
    /// <param name="Capabilities">What it can do.</param>
    public sealed record Refs(ImmutableArray<ListedRef> Listed, CapabilityList Capabilities) : ServerGreeting(Capabilities)
    {
        /// <summary>What a ref names; the zero id when it is not listed.</summary>
        public ObjectId Find(string name) => Listed.FirstOrDefault(listed => string.Equals(listed.Name, name, StringComparison.Ordinal)).Id;
    }

    /// <summary>Version 2: which commands it takes.</summary>
    /// <param name="Capabilities">Commands and what they can do.</param>
    public sealed record Commands(CapabilityList Capabilities) : ServerGreeting(Capabilities);
}
