using System.Diagnostics.CodeAnalysis;

namespace Riad.Host.Settings;

/// <summary>Reads one value from the text that an operator wrote.</summary>
/// <param name="text">The text as given.</param>
/// <param name="value">The value, when true is returned.</param>
/// <param name="instead">What to write instead, when false is returned: it completes "'text' is wrong; write ...".</param>
/// <typeparam name="T">The type of the value.</typeparam>
public delegate bool ValueReader<T>(string text, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? instead);

/// <summary>How often a setting may be given, and how it looks on the command line.</summary>
internal enum SettingShape
{
    /// <summary><c>--name</c>, without a value.</summary>
    Switch,

    /// <summary><c>--name VALUE</c>, at most once.</summary>
    One,

    /// <summary><c>--name VALUE</c>, any number of times.</summary>
    Many,

    /// <summary><c>VALUE</c>, exactly once.</summary>
    Argument,

    /// <summary><c>VALUE...</c>, at least once.</summary>
    Arguments,
}

/// <summary>One thing that an operator can set: an option of a command, or an argument of it.</summary>
/// <remarks>
/// Every option can be given in three places; the first that gives it wins: the command line (<c>--option-name value</c>),
/// the environment (<c>RIAD_OPTION_NAME</c>), the kernel's command line (<c>riad.option-name=value</c>).
/// </remarks>
public abstract class Setting
{
    private protected Setting(SettingShape shape, string name, string valueName, string summary, string? fallback)
    {
        Shape = shape;
        Name = name;
        ValueName = valueName;
        Summary = summary;
        Fallback = fallback;
    }

    /// <summary>The name as written: <c>--listen</c>, or <c>PATH</c> for an argument.</summary>
    public string Name { get; }

    /// <summary>What stands for the value in the help text: <c>ADDRESS:PORT</c>. Empty for a switch.</summary>
    public string ValueName { get; }

    /// <summary>One sentence for the help text.</summary>
    public string Summary { get; }

    /// <summary>What holds when nothing is given, as the help text shows it; null when there is nothing to show.</summary>
    public string? Fallback { get; }

    /// <summary>The environment variable that also gives it: <c>RIAD_LISTEN</c>.</summary>
    public string EnvironmentName => "RIAD_" + Key.Replace('-', '_').ToUpperInvariant();

    /// <summary>The word of the kernel's command line that also gives it: <c>riad.listen</c>.</summary>
    public string KernelName => "riad." + Key;

    internal SettingShape Shape { get; }

    internal bool IsOption => Shape is SettingShape.Switch or SettingShape.One or SettingShape.Many;

    internal bool IsRepeatable => Shape is SettingShape.Many or SettingShape.Arguments;

    private string Key => Name.TrimStart('-');

    /// <summary>Reads the texts that were given, none when nothing was.</summary>
    internal abstract bool TryRead(IReadOnlyList<string> texts, out object? value, [NotNullWhen(false)] out string? fault);

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
