using Riad.Host.Pages;
using Xunit;

namespace Riad.Host.Tests.Pages;

public sealed class HtmlTests
{
    [Fact]
    public void Holes_are_encoded_and_pieces_are_not()
    {
        var bold = Html.Of($"<b>{"a<b"}</b>");
        Assert.Equal("<p title=\"&quot;\"><b>a&lt;b</b> 7</p>", Html.Of($"<p title=\"{"\""}\">{bold} {7}</p>").ToString());
    }

    [Fact]
    public void Control_and_direction_characters_become_visible() =>
        Assert.Equal("a\\u001b[31m\\u202eb\\n", Html.Text("a\u001b[31m\u202eb\n").ToString());

    [Fact]
    public void Missing_text_is_nothing() => Assert.Equal("<i></i>", Html.Of($"<i>{(string?)null}</i>").ToString());

    [Fact]
    public void Page_asks_for_nothing_that_its_policy_forbids()
    {
        var page = new Page("name", "title", Html.Of($"<p>body</p>")).ToString();
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.Contains("<title>title · name</title>", page, StringComparison.Ordinal);
    }
}
