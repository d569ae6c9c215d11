using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Riad.Core;

namespace Riad.Host.Settings;

/// <summary>How the values of settings are read. A refusal says what to write instead.</summary>
public static class ValueOf
{
    /// <summary>ADDRESS:PORT, an IPv6 address in brackets.</summary>
    public static bool Endpoint(string text, out IpEndpoint value, [NotNullWhen(false)] out string? instead)
    {
        instead = IpEndpoint.TryParse(text, out value) ? null : "write ADDRESS:PORT, such as 127.0.0.1:5300 or [::1]:5300";
        return instead is null;
    }

    /// <summary>An IPv4 or IPv6 address, without a port.</summary>
    public static bool Address(string text, out IpAddress value, [NotNullWhen(false)] out string? instead)
    {
        instead = IpAddress.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out value) ? null : "write an address, such as 192.0.2.1 or 2001:db8::1";
        return instead is null;
    }

    /// <summary>A folder, which need not exist.</summary>
    public static bool Folder(string text, [NotNullWhen(true)] out DirectoryInfo? value, [NotNullWhen(false)] out string? instead)
    {
        instead = IsPath(text) ? null : "write the path of a folder";
        value = instead is null ? new DirectoryInfo(text) : null;
        return value is not null;
    }

    /// <summary>A file, which need not exist.</summary>
    public static bool File(string text, [NotNullWhen(true)] out FileInfo? value, [NotNullWhen(false)] out string? instead)
    {
        instead = IsPath(text) ? null : "write the path of a file";
        value = instead is null ? new FileInfo(text) : null;
        return value is not null;
    }

    /// <summary>Any text but the empty one.</summary>
    public static bool Text(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? instead)
    {
        instead = text.Length > 0 ? null : "write at least one character";
        value = text;
        return instead is null;
    }

    /// <summary>A whole number between two bounds, both included.</summary>
    public static ValueReader<int> Count(int least, int most) => (string text, out int value, [NotNullWhen(false)] out string? instead) =>
    {
        instead = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"write a whole number from {least} to {most}");
        return instead is null;
    };

    /// <summary>One of a few words, each of which stands for a value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static ValueReader<T> Choice<T>(params ImmutableArray<(string Word, T Value)> choices) where T : notnull =>
        (string text, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? instead) =>
        {
            foreach (var (word, meant) in choices)
            {
                if (word != text)
                    continue;
                (value, instead) = (meant, null);
                return true;
            }
            (value, instead) = (default, choices.Length == 1 ? $"write {choices[0].Word}" : "write one of " + string.Join(", ", choices.Select(choice => choice.Word)));
            return false;
        };

    private static bool IsPath(string text) => text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal);
}
