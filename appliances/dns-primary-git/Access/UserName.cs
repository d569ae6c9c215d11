using System.Diagnostics.CodeAnalysis;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>The name of somebody who may push: 1 to 64 of the ASCII letters and digits and <c>. _ - @</c>.</summary>
/// <remarks>Names differ by case. They stand in commits, logs and the users file, so nothing else is let in.</remarks>
internal sealed record UserName
{
    private const int MostCharacters = 64;

    private UserName(string text) => Text = text;

    /// <summary>The name as written.</summary>
    public string Text { get; }

    /// <summary>Checks a name.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out UserName? name)
    {
        name = text.Length is > 0 and <= MostCharacters && text.All(IsAllowed) ? new(text) : null;
        return name is not null;
    }

    /// <summary>The same for an argument of the command line.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out UserName? name, [NotNullWhen(false)] out string? instead)
    {
        instead = TryParse(text, out name) ? null : "write 1 to 64 letters, digits or any of . _ - @";
        return name is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' or '@';
}
