using System.Collections.Immutable;

namespace Riad.Host.Settings;

/// <summary>The kinds of settings that there are.</summary>
public static class SettingOf
{
    private static readonly string[] Yes = ["true", "yes", "on", "1", ""];
    private static readonly string[] No = ["false", "no", "off", "0"];

    /// <summary>An option without a value: <c>--public-read</c>. In the environment: <c>true</c> or <c>false</c>.</summary>
    public static Setting<bool> Switch(string name, string summary) => new(
        SettingShape.Switch, name, "", summary, fallback: null, texts => texts switch
        {
            [] => new(Value: false, Fault: null),
            [.., var text] when Yes.Contains(text, StringComparer.OrdinalIgnoreCase) => new(Value: true, Fault: null),
            [.., var text] when No.Contains(text, StringComparer.OrdinalIgnoreCase) => new(Value: false, Fault: null),
            [.., var text] => new(Value: false, $"'{text}' is neither; write true or false"),
        });

    /// <summary>An option with one value and a default.</summary>
    /// <param name="name">Begins with two hyphens.</param>
    /// <param name="valueName">Stands for the value in the help text.</param>
    /// <param name="summary">One sentence.</param>
    /// <param name="read">From text to value.</param>
    /// <param name="fallback">What holds when nothing is given.</param>
    /// <param name="fallbackText">The same for the help text; by default what <c>ToString</c> gives.</param>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static Setting<T> One<T>(
        string name, string valueName, string summary, ValueReader<T> read, T fallback, string? fallbackText = null) => new(
        SettingShape.One, name, valueName, summary, fallbackText ?? fallback?.ToString(), texts => texts is [.., var text] ? ReadOne(text, read) : new(fallback, Fault: null));

    /// <summary>An option with one value that may be left out; the value is null then.</summary>
    public static Setting<T?> Optional<T>(string name, string valueName, string summary, ValueReader<T> read) where T : class => new(
        SettingShape.One, name, valueName, summary, fallback: null, texts => texts is [.., var text] ? ReadMaybe(text, read) : new(Value: null, Fault: null));

    /// <summary>An option with one value that must be given.</summary>
    public static Setting<T> Required<T>(string name, string valueName, string summary, ValueReader<T> read) => new(
        SettingShape.One, name, valueName, summary, fallback: null, texts => texts is [.., var text] ? ReadOne(text, read) : new(default, $"it is missing; write {name} {valueName}"));

    /// <summary>An option that may be given several times. In the environment, commas separate the values.</summary>
    public static Setting<ImmutableArray<T>> Many<T>(
        string name, string valueName, string summary, ValueReader<T> read, ImmutableArray<T> fallback) => new(
        SettingShape.Many, name, valueName, summary, fallback.IsEmpty ? null : string.Join(' ', fallback), texts => texts is [] ? new(fallback, Fault: null) : ReadMany(texts, read));

    /// <summary>An argument that must be given once.</summary>
    public static Setting<T> Argument<T>(string name, string summary, ValueReader<T> read) => new(
        SettingShape.Argument, name, name, summary, fallback: null, texts => texts is [.., var text] ? ReadOne(text, read) : new(default, "it is missing"));

    /// <summary>An argument that must be given at least once.</summary>
    public static Setting<ImmutableArray<T>> Arguments<T>(string name, string summary, ValueReader<T> read) => new(
        SettingShape.Arguments, name, name, summary, fallback: null, texts => texts is [] ? new([], "give at least one") : ReadMany(texts, read));

    private static Setting<T>.Reading ReadOne<T>(string text, ValueReader<T> read) =>
        read(text, out var value, out var instead) ? new(value, Fault: null) : new(default, Refuse(text, instead));

    private static Setting<T?>.Reading ReadMaybe<T>(string text, ValueReader<T> read) where T : class =>
        read(text, out var value, out var instead) ? new(value, Fault: null) : new(default, Refuse(text, instead));

    private static Setting<ImmutableArray<T>>.Reading ReadMany<T>(IReadOnlyList<string> texts, ValueReader<T> read)
    {
        var values = ImmutableArray.CreateBuilder<T>(texts.Count);
        foreach (var text in texts)
        {
            if (!read(text, out var value, out var instead))
                return new([], Refuse(text, instead));
            values.Add(value);
        }
        return new(values.DrainToImmutable(), Fault: null);
    }

    private static string Refuse(string text, string instead) => $"'{OneLine.Escape(text)}' will not do; {instead}";
}
