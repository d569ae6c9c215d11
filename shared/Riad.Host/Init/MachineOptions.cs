using System.Collections.Immutable;
using Riad.Host.Settings;

namespace Riad.Host.Init;

/// <summary>Everything that was set for a machine, from its three places. Pure but for <see cref="OfFileAt"/>.</summary>
/// <param name="Words">Names with <c>riad.</c>; of each name only those of one place.</param>
internal sealed record MachineOptions(ImmutableArray<KeyValuePair<string, string>> Words)
{
    public static readonly MachineOptions None = new([]);

    private const int MaxOctets = 64 * 1024;

    /// <summary>What the kernel's command line says.</summary>
    public static MachineOptions OfLine(string line) => new(KernelCommandLine.Read(line));

    /// <summary>What a file says: a setting a line, <c>log-level=debug</c>, with or without <c>riad.</c>; <c>#</c> begins a remark.</summary>
    public static MachineOptions OfFile(string text)
    {
        var words = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.IsEmpty || line[0] is '#')
                continue;
            var equals = line.IndexOf('=');
            var name = (equals < 0 ? line : line[..equals]).TrimEnd().TrimStart('-').ToString();
            var value = equals < 0 ? "" : line[(equals + 1)..].Trim().Trim('"').ToString();
            words.Add(new(name.StartsWith("riad.", StringComparison.Ordinal) ? name : "riad." + name, value));
        }
        return new(words.ToImmutable());
    }

    /// <summary>What a file says that may be missing; one that cannot be read is a fault and says nothing.</summary>
    public static MachineOptions OfFileAt(string path, List<string> faults)
    {
        try
        {
            if (!File.Exists(path))
                return None;
            return new FileInfo(path).Length <= MaxOctets ? OfFile(File.ReadAllText(path)) : throw new IOException($"it is larger than {MaxOctets >> 10} KiB");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{path} cannot be read: {exception.Message.TrimEnd('.')}");
            return None;
        }
    }

    /// <summary>These, and of the others what these do not name.</summary>
    public MachineOptions Before(MachineOptions others)
    {
        var named = Words.Select(word => word.Key).ToHashSet(StringComparer.Ordinal);
        return new([.. Words, .. others.Words.Where(word => !named.Contains(word.Key))]);
    }

    /// <summary>These, and a setting that nobody named.</summary>
    public MachineOptions Otherwise(string name, string value) => Before(new([new(name, value)]));

    /// <summary>The value of a setting of the machine; its default, and a sentence, when what was written will not do.</summary>
    public T Get<T>(Setting<T> setting, List<string> faults)
    {
        new GivenElsewhere(ImmutableSortedDictionary<string, string>.Empty, Words).TryFind(setting, out _, out var texts);
        if (setting.TryRead(texts.IsDefault ? [] : texts, out var value, out var fault))
            return (T)value!;
        faults.Add($"{setting.KernelName}: {fault}");
        _ = setting.TryRead([], out value, out _);
        return (T)value!;
    }

    /// <summary>What is the service's, as a line that <see cref="KernelCommandLine"/> reads.</summary>
    public string ForService()
    {
        var own = MachineSettings.All.Select(setting => setting.KernelName).ToHashSet(StringComparer.Ordinal);
        return string.Join(' ', Words.Where(word => !own.Contains(word.Key)).Select(word => $"{word.Key}=\"{word.Value.Replace("\"", "", StringComparison.Ordinal)}\""));
    }
}
