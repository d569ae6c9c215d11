using System.Diagnostics.CodeAnalysis;

namespace Riad.Host.Settings;

/// <summary>A setting whose value is a <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The type of the value: an immutable array of it for what may be given several times.</typeparam>
public sealed class Setting<T> : Setting
{
    private readonly Func<IReadOnlyList<string>, Reading> read;

    internal Setting(
        SettingShape shape, string name, string valueName, string summary, string? fallback, Func<IReadOnlyList<string>, Reading> read)
        : base(shape, name, valueName, summary, fallback) => this.read = read;

    internal override bool TryRead(IReadOnlyList<string> texts, out object? value, [NotNullWhen(false)] out string? fault)
    {
        var reading = read(texts);
        value = reading.Value;
        fault = reading.Fault;
        return fault is null;
    }

    /// <summary>A value, or the reason why there is none.</summary>
    internal readonly record struct Reading(T? Value, string? Fault);
}
