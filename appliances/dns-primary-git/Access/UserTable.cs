using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>Who may push: what a users file holds.</summary>
/// <remarks>One line for each, <c>NAME:pbkdf2-sha256:ITERATIONS:SALT:HASH</c>; blank lines and lines that begin with '#' are for people.</remarks>
internal sealed class UserTable
{
    /// <summary>Nobody.</summary>
    public static readonly UserTable Empty = new(ImmutableSortedDictionary.Create<string, PasswordHash>(StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<string, PasswordHash> users;

    private UserTable(ImmutableSortedDictionary<string, PasswordHash> users) => this.users = users;

    /// <summary>How many there are.</summary>
    public int Count => users.Count;

    /// <summary>Reads a users file.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="table">Everybody in it.</param>
    /// <param name="fault">The first line that is wrong and why; never what the line holds.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out UserTable? table, [NotNullWhen(false)] out string? fault)
    {
        var read = Empty.users.ToBuilder();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Trim() is not { Length: > 0 } entry || entry[0] is '#')
                continue;
            var reason = ReadEntry(entry, read);
            if (reason is null)
                continue;
            (table, fault) = (null, $"line {number}: {reason}");
            return false;
        }
        (table, fault) = (new(read.ToImmutable()), null);
        return true;
    }

    /// <summary>The hash of a user's password.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out PasswordHash? hash) => users.TryGetValue(name, out hash);

    /// <summary>The table with a user added, or given another password.</summary>
    public UserTable With(UserName name, PasswordHash hash) => new(users.SetItem(name.Text, hash));

    /// <summary>The file's text.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var (name, hash) in users)
            text.Append(name).Append(':').Append(hash).Append('\n');
        return text.ToString();
    }

    private static string? ReadEntry(string entry, ImmutableSortedDictionary<string, PasswordHash>.Builder read)
    {
        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !UserName.TryParse(entry[..colon], out var name))
            return "it does not begin with a user's name and a colon";
        if (!PasswordHash.TryParse(entry[(colon + 1)..], out var hash))
            return "after the name it is not pbkdf2-sha256:ITERATIONS:SALT:HASH; write it with 'user add'";
        return read.TryAdd(name.Text, hash) ? null : "the user stands in the file already";
    }
}
