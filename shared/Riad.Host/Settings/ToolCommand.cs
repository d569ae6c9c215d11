using System.Collections.Immutable;

namespace Riad.Host.Settings;

/// <summary>A command of an appliance besides <c>serve</c>: it does one thing and ends.</summary>
public sealed class ToolCommand
{
    /// <summary>The words of it: <c>check</c>, <c>user add</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for the help text.</summary>
    public required string Summary { get; init; }

    /// <summary>Its options and arguments; the arguments in their order.</summary>
    public ImmutableArray<Setting> Settings { get; init; } = [];

    /// <summary>Whole command lines that teach it.</summary>
    public ImmutableArray<string> Examples { get; init; } = [];

    /// <summary>Runs it; gives the exit code.</summary>
    public required Func<ToolServices, CancellationToken, Task<int>> Run { get; init; }
}
