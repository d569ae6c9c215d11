using System.Collections.Immutable;

namespace Riad.Net.Machine;

/// <summary>Where the kernel's modules lie and what each needs: the file <c>modules.dep</c>.</summary>
/// <remarks>Source: Linux, depmod(8). The kernel writes <c>_</c> for every <c>-</c> in a module's name, files do not.</remarks>
public sealed class ModuleDependencies
{
    private readonly Dictionary<string, (string Path, ImmutableArray<string> Needs)> modules;

    private ModuleDependencies(Dictionary<string, (string, ImmutableArray<string>)> modules) => this.modules = modules;

    /// <summary>Reads the file; lines without a colon are passed over.</summary>
    public static ModuleDependencies Read(string text)
    {
        var read = new Dictionary<string, (string, ImmutableArray<string>)>(StringComparer.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var colon = line.IndexOf(':');
            if (colon <= 0)
                continue;
            var path = line[..colon].Trim().ToString();
            read[NameOf(path)] = (path, [.. line[(colon + 1)..].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        }
        return new(read);
    }

    /// <summary>The files to load for a module, in their order, itself last; empty when it is not there.</summary>
    /// <param name="module">Its name, with <c>-</c> or <c>_</c>.</param>
    /// <remarks>The file lists what is needed in turn too; its order is not relied on, since not every depmod has the same.</remarks>
    public ImmutableArray<string> FilesFor(string module)
    {
        var files = ImmutableArray.CreateBuilder<string>();
        Add(Canonical(module), new(StringComparer.Ordinal), files);
        return files.ToImmutable();
    }

    private void Add(string name, HashSet<string> seen, ImmutableArray<string>.Builder files)
    {
        if (!seen.Add(name) || !modules.TryGetValue(name, out var found))
            return;
        foreach (var needed in found.Needs)
            Add(NameOf(needed), seen, files);
        files.Add(found.Path);
    }

    private static string NameOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.IndexOf('.');
        return Canonical(dot < 0 ? name : name[..dot]);
    }

    private static string Canonical(string name) => name.Replace('-', '_');
}
