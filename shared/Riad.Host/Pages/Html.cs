using System.Text.Encodings.Web;

namespace Riad.Host.Pages;

/// <summary>A piece of HTML. What is put into it with <see cref="Of"/> is encoded, unless it is HTML itself.</summary>
/// <remarks>The default is the empty piece. There is no door for text that is not encoded but literals in our own source.</remarks>
public readonly struct Html
{
    /// <summary>Nothing.</summary>
    public static readonly Html Empty;

    private readonly string? text;

    private Html(string text) => this.text = text;

    /// <summary>HTML from a literal with holes: <c>Html.Of($"&lt;td&gt;{name}&lt;/td&gt;")</c>.</summary>
    public static Html Of(HtmlInterpolation pieces) => new(pieces.Finish());

    /// <summary>Text from outside, encoded; control characters become visible.</summary>
    public static Html Text(string text) => new(HtmlEncoder.Default.Encode(OneLine.Escape(text)));

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.text)));

    /// <summary>One piece for each item.</summary>
    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> piece) => Join(items.Select(piece));

    /// <summary>The piece when the condition holds, else nothing.</summary>
    public static Html When(bool condition, Func<Html> piece) => condition ? piece() : Empty;

    /// <summary>The HTML.</summary>
    public override string ToString() => text ?? "";
}
