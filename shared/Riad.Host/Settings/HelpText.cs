using System.Collections.Immutable;
using System.Text;

namespace Riad.Host.Settings;

/// <summary>The help texts. They teach: what it does, what to type, then everything that can be set.</summary>
internal static class HelpText
{
    private const int Width = 100;

    /// <summary><c>NAME --help</c>: the commands, and the options of <c>serve</c>.</summary>
    public static string OfAppliance(ApplianceDefinition definition)
    {
        var text = new StringBuilder();
        text.Append(definition.Name).Append(": ").Append(definition.Summary).Append("\n\n");
        text.Append("Usage:\n  ").Append(definition.Name).Append(" [serve] [--option value ...]\n");
        foreach (var tool in definition.AllTools)
            text.Append("  ").Append(definition.Name).Append(' ').Append(Usage(tool.Name, tool.Settings)).Append('\n');
        AppendExamples(text, definition.Examples);
        text.Append("\nCommands:\n");
        var commands = definition.AllTools.Select(tool => (tool.Name, tool.Summary)).Prepend(("serve", "Runs the appliance; this is what happens without a command.")).ToList();
        AppendTable(text, commands);
        text.Append("\nOptions of serve:\n");
        AppendSettings(text, definition.ServeSettings);
        AppendClosing(text, definition);
        return text.ToString();
    }

    /// <summary><c>NAME serve --help</c>.</summary>
    public static string OfServe(ApplianceDefinition definition)
    {
        var text = new StringBuilder();
        text.Append(definition.Name).Append(" serve: ").Append(definition.Summary).Append('\n');
        AppendExamples(text, definition.Examples);
        text.Append("\nOptions:\n");
        AppendSettings(text, definition.ServeSettings);
        AppendClosing(text, definition);
        return text.ToString();
    }

    /// <summary><c>NAME COMMAND --help</c>.</summary>
    public static string OfTool(ApplianceDefinition definition, ToolCommand tool)
    {
        var text = new StringBuilder();
        text.Append(definition.Name).Append(' ').Append(tool.Name).Append(": ").Append(tool.Summary).Append("\n\n");
        text.Append("Usage:\n  ").Append(definition.Name).Append(' ').Append(Usage(tool.Name, tool.Settings)).Append('\n');
        AppendExamples(text, tool.Examples);
        if (!tool.Settings.IsEmpty)
        {
            text.Append("\nArguments and options:\n");
            AppendSettings(text, tool.Settings);
        }
        return text.ToString();
    }

    private static string Usage(string name, ImmutableArray<Setting> settings)
    {
        var options = settings.Any(setting => setting.IsOption) ? " [--option value ...]" : "";
        var arguments = settings.Where(setting => !setting.IsOption).Select(setting => setting.IsRepeatable ? $" {setting.Name}..." : $" {setting.Name}");
        return name + options + string.Concat(arguments);
    }

    private static void AppendExamples(StringBuilder text, ImmutableArray<string> examples)
    {
        if (examples.IsEmpty)
            return;
        text.Append("\nExamples:\n");
        foreach (var example in examples)
            text.Append("  ").Append(example).Append('\n');
    }

    private static void AppendSettings(StringBuilder text, ImmutableArray<Setting> settings) =>
        AppendTable(text, [.. settings.Select(setting => ($"{setting.Name} {(setting.IsOption ? setting.ValueName : "")}".TrimEnd(), Describe(setting)))]);

    private static string Describe(Setting setting)
    {
        var repeatable = setting.IsRepeatable ? " May be given several times." : "";
        var fallback = setting.Fallback is { Length: > 0 } shown ? $" Default: {shown}." : "";
        return setting.Summary + repeatable + fallback;
    }

    private static void AppendTable(StringBuilder text, IReadOnlyList<(string Left, string Right)> rows)
    {
        var column = Math.Min(rows.Max(row => row.Left.Length), 32) + 4;
        foreach (var (left, right) in rows)
        {
            text.Append("  ").Append(left);
            if (left.Length + 4 > column)
                text.Append('\n').Append(' ', column);
            else
                text.Append(' ', column - left.Length - 2);
            AppendWrapped(text, right, column);
        }
    }

    private static void AppendWrapped(StringBuilder text, string sentence, int column)
    {
        var length = column;
        foreach (var word in sentence.Split(' '))
        {
            if (length > column && length + 1 + word.Length > Width)
            {
                text.Append('\n').Append(' ', column);
                length = column;
            }
            else if (length > column)
            {
                text.Append(' ');
                length++;
            }
            text.Append(word);
            length += word.Length;
        }
        text.Append('\n');
    }

    private static void AppendClosing(StringBuilder text, ApplianceDefinition definition) => text.Append(
        $"""

        Every option can also be set in the environment: --log-level debug is RIAD_LOG_LEVEL=debug; commas separate
        several values. In a bootable image the kernel's command line sets it too: riad.log-level=debug.
        '{definition.Name} COMMAND --help' tells more about a command, '--version' prints version and commit.

        """.ReplaceLineEndings("\n"));
}
