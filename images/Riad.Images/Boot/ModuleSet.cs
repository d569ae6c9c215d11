using System.Collections.Immutable;
using System.Text;

namespace Riad.Images.Boot;

/// <summary>The modules that an image carries, and the two texts by which they are found and loaded.</summary>
/// <remarks>Source: modules.dep(5), depmod(8). The texts name nothing that the image does not have.</remarks>
public sealed class ModuleSet
{
    private readonly ImmutableSortedDictionary<string, KernelModule> modules;

    private ModuleSet(ImmutableSortedDictionary<string, KernelModule> modules) => this.modules = modules;

    /// <summary>The modules, by name.</summary>
    public IEnumerable<KernelModule> Modules => modules.Values;

    /// <summary>The modules of a kernel that are wanted, and all that they need.</summary>
    /// <param name="kernel">Every module of the kernel.</param>
    /// <param name="wanted">Names of modules. One that the kernel does not have as a module is built in, or not for this kind of machine, and left out.</param>
    public static ModuleSet Choose(IEnumerable<KernelModule> kernel, IEnumerable<string> wanted)
    {
        var all = kernel.ToDictionary(module => module.Name, StringComparer.Ordinal);
        var chosen = ImmutableSortedDictionary.CreateBuilder<string, KernelModule>(StringComparer.Ordinal);
        var waiting = new Stack<string>(wanted.Select(KernelModule.NameOf));
        while (waiting.TryPop(out var name))
        {
            if (!all.TryGetValue(name, out var module) || chosen.ContainsKey(name))
                continue;
            module = module with { Needs = [.. module.Needs, .. module.SoftNeeds.AsEnumerable().SelectMany(need => Resolve(all, need)).Except([name], StringComparer.Ordinal)] };
            chosen.Add(name, module);
            foreach (var need in module.Needs)
                waiting.Push(need);
        }
        return new(chosen.ToImmutable());
    }

    /// <summary>modules.dep: each module's file, then the files that must be loaded before it, the first of them last.</summary>
    public string DescribeNeeds()
    {
        var text = new StringBuilder();
        foreach (var module in Modules)
            text.Append(module.Path).Append(':').AppendJoin("", LoadOrder(module).SkipLast(1).Reverse().Select(need => " " + need.Path)).Append('\n');
        return text.ToString();
    }

    /// <summary>modules.alias: each pattern of devices with the module that drives them.</summary>
    public string DescribeAliases() => string.Concat(Modules.SelectMany(module => module.Aliases.AsEnumerable().Select(alias => $"alias {alias} {module.Name}\n")));

    // Of several ways to do the same the one for every processor: those below arch/ refuse to be loaded on some.
    private static IEnumerable<string> Resolve(Dictionary<string, KernelModule> all, string need) => all.ContainsKey(KernelModule.NameOf(need))
        ? [KernelModule.NameOf(need)]
        : all.Values.Where(module => module.Aliases.Contains(need, StringComparer.Ordinal) && !module.Path.StartsWith("kernel/arch/", StringComparison.Ordinal)).Select(module => module.Name).Order(StringComparer.Ordinal);

    private List<KernelModule> LoadOrder(KernelModule module)
    {
        var (order, seen) = (new List<KernelModule>(), new HashSet<string>(StringComparer.Ordinal));
        Visit(module);
        return order;

        // What must be there first never goes in circles, what should be there may.
        void Visit(KernelModule next)
        {
            if (!seen.Add(next.Name))
                return;
            foreach (var need in next.Needs)
            {
                if (modules.TryGetValue(need, out var found))
                    Visit(found);
            }
            order.Add(next);
        }
    }
}
