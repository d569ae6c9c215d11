namespace Riad.Host.Settings;

/// <summary>What the operator set, typed: one value for every setting of the command that runs.</summary>
public sealed class SettingValues
{
    private readonly IReadOnlyDictionary<Setting, object?> values;
    private readonly IReadOnlySet<Setting> given;

    internal SettingValues(IReadOnlyDictionary<Setting, object?> values, IReadOnlySet<Setting> given) => (this.values, this.given) = (values, given);

    /// <summary>Every file that is named.</summary>
    internal IEnumerable<FileInfo> Files => values.Values.OfType<FileInfo>().Concat(values.Values.OfType<IEnumerable<FileInfo>>().SelectMany(each => each));

    /// <summary>The value of a setting: given, or the setting's default.</summary>
    /// <param name="setting">A setting of the command that runs; another one is a bug.</param>
    /// <typeparam name="T">The setting's type.</typeparam>
    public T Get<T>(Setting<T> setting)
    {
        // The cast is safe: the reader stores under each setting only what that setting read.
        return (T)values[setting]!;
    }

    /// <summary>True when the operator set it, in whatever place; false when its default holds.</summary>
    /// <param name="setting">A setting of the command that runs.</param>
    public bool IsGiven(Setting setting) => given.Contains(setting);
}
