using System.Collections.Immutable;
using System.Text;

namespace Riad.Git.Protocol;

/// <summary>What a client says that it can do: names, some with a value.</summary>
/// <remarks>Source: gitprotocol-capabilities(5).</remarks>
public sealed class CapabilityList
{
    private readonly ImmutableArray<string> entries;

    private CapabilityList(ImmutableArray<string> entries) => this.entries = entries;

    /// <summary>No capability at all.</summary>
    public static CapabilityList Empty { get; } = new([]);

    /// <summary>How many there are.</summary>
    public int Count => entries.Length;

    /// <summary>Reads names separated by spaces. Whatever the octets, this succeeds: unknown names are allowed.</summary>
    public static CapabilityList Parse(ReadOnlySpan<byte> line) =>
        new([.. Encoding.UTF8.GetString(line).Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    /// <summary>These and one more entry, <c>name</c> or <c>name=value</c>.</summary>
    public CapabilityList With(string entry) => new(entries.Add(entry));

    /// <summary>Tells whether <paramref name="name"/> is there, with or without a value.</summary>
    public bool Contains(string name) => Find(name) is not null;

    /// <summary>The value of <c>name=value</c>; null when the name is missing or has no value.</summary>
    public string? Value(string name) => Find(name) is { } entry && entry.Length > name.Length ? entry[(name.Length + 1)..] : null;

    /// <summary>The entries with a space between them.</summary>
    public override string ToString() => string.Join(' ', entries);

    private string? Find(string name)
    {
        foreach (var entry in entries)
        {
            if (entry.StartsWith(name, StringComparison.Ordinal) && (entry.Length == name.Length || entry[name.Length] == '='))
                return entry;
        }
        return null;
    }
}
