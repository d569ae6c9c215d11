using Riad.Core;

namespace Riad.Host.Settings;

/// <summary>What a command line asks for.</summary>
internal abstract record Invocation
{
    private Invocation() { }

    /// <summary>Run the appliance.</summary>
    public sealed record Serve(SettingValues Values) : Invocation;

    /// <summary>Run one of its other commands.</summary>
    public sealed record Tool(ToolCommand Command, SettingValues Values) : Invocation;

    /// <summary>Print a text and be done: help or the version.</summary>
    public sealed record Print(string Text) : Invocation;

    /// <summary>The command line is wrong: a sentence for each fault that says what to write instead.</summary>
    public sealed record Refuse(Seq<string> Sentences) : Invocation;
}
