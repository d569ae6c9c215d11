using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Riad.Host.Pages;

/// <summary>Collects an interpolated string so that every hole is encoded and only literals and <see cref="Html"/> are not.</summary>
[InterpolatedStringHandler]
public readonly ref struct HtmlInterpolation
{
    private readonly StringBuilder html;

    /// <summary>Called by the compiler.</summary>
    public HtmlInterpolation(int literalLength, int formattedCount) => html = new(literalLength + (16 * formattedCount));

    /// <summary>Takes a literal of our own source as it is.</summary>
    public void AppendLiteral(string literal) => html.Append(literal);

    /// <summary>Takes HTML as it is.</summary>
    public void AppendFormatted(Html piece) => html.Append(piece);

    /// <summary>Encodes text.</summary>
    public void AppendFormatted(string? text) => html.Append(Html.Text(text ?? ""));

    /// <summary>Encodes a value's invariant text.</summary>
    public void AppendFormatted<T>(T value)
        where T : IFormattable => AppendFormatted(value.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>Encodes a value's invariant text in a format.</summary>
    public void AppendFormatted<T>(T value, string format)
        where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

    internal string Finish() => html.ToString();
}
