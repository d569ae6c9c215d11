namespace Riad.Net.Machine;

/// <summary>Which of the kernel's modules drives which device: the file <c>modules.alias</c>.</summary>
/// <remarks>Source: Linux, depmod(8).</remarks>
public sealed class ModuleAliases
{
    private readonly List<(string Pattern, string Module)> aliases;

    private ModuleAliases(List<(string, string)> aliases) => this.aliases = aliases;

    /// <summary>Reads the file; lines that are no alias are passed over.</summary>
    public static ModuleAliases Read(string text)
    {
        var read = new List<(string, string)>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["alias", var pattern, var module])
                read.Add((pattern, module));
        }
        return new(read);
    }

    /// <summary>The modules for a device, in the order of the file, each once.</summary>
    /// <param name="device">What the device says of itself: its file <c>modalias</c>, without the end of the line.</param>
    public IEnumerable<string> ModulesFor(string device) =>
        aliases.Where(alias => Glob.Matches(alias.Pattern, device)).Select(alias => alias.Module).Distinct(StringComparer.Ordinal);
}
