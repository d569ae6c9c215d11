using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Riad.Host.Settings;

/// <summary>What was set outside the arguments: in the environment and on the kernel's command line.</summary>
/// <param name="Environment">The variables that begin with <c>RIAD_</c>.</param>
/// <param name="Kernel">The words that begin with <c>riad.</c>, in the order of the line.</param>
internal sealed record GivenElsewhere(
    ImmutableSortedDictionary<string, string> Environment, ImmutableArray<KeyValuePair<string, string>> Kernel)
{
    public static readonly GivenElsewhere Nothing = new(ImmutableSortedDictionary<string, string>.Empty, []);

    /// <summary>The texts for a setting, and the name under which they were given.</summary>
    public bool TryFind(Setting setting, [NotNullWhen(true)] out string? source, out ImmutableArray<string> texts)
    {
        source = setting.EnvironmentName;
        if (Environment.TryGetValue(setting.EnvironmentName, out var text))
        {
            texts = Split(setting, text);
            return true;
        }
        source = setting.KernelName;
        texts = [.. Kernel.Where(word => word.Key == setting.KernelName).SelectMany(word => Split(setting, word.Value))];
        return !texts.IsEmpty;
    }

    /// <summary>The names that belong to no setting, so that a typing error does not pass for a default.</summary>
    public IEnumerable<string> Unknown(IReadOnlyCollection<Setting> known) =>
        Environment.Keys.Where(name => known.All(setting => setting.EnvironmentName != name))
            .Concat(Kernel.Select(word => word.Key).Where(name => known.All(setting => setting.KernelName != name)).Distinct(StringComparer.Ordinal));

    private static ImmutableArray<string> Split(Setting setting, string text) => setting.IsRepeatable
        ? [.. text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]
        : [text];
}
