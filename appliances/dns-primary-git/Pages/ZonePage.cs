using Riad.Core;
using Riad.Host.Pages;

namespace Riad.DnsPrimaryGit.Pages;

/// <summary>The page of one zone: what it is now, what it was, and the difference of any two versions.</summary>
internal static class ZonePage
{
    public static Page Of(ZoneView view) => new(StatusPage.Appliance, view.Row.Name, Html.Of(
        $"""
        <h1>{view.Row.Name}</h1>
        {Html.When(view.Row.Trouble is not null, () => Html.Of($"""<p class="note bad">{view.Row.Trouble}</p>"""))}
        {Html.When(view.Row.Serial is not null, () => Facts(view))}
        {Html.When(view.Versions.Count > 1, () => Chooser(view))}
        {Html.When(view.Versions.Count > 0, () => History(view))}
        """));

    public static Page Of(DifferenceView view) => new(StatusPage.Appliance, $"{view.Zone} {view.From} to {view.To}", Html.Of(
        $"""
        <h1><a href="{StatusPage.ZoneAddress(view.Zone)}">{view.Zone}</a></h1>
        <p>From serial {view.From} to serial {view.To}:</p>
        {(view.Lines.Count == 0 ? Html.Of($"<p>No record differs.</p>") : Html.Of($"<pre>{Html.Each(view.Lines, Line)}</pre>"))}
        """));

    public static Page NotFound(string what) => new(StatusPage.Appliance, "Not here", Html.Of(
        $"""
        <h1>Not here</h1>
        <p>{what} <a href="/">All zones</a></p>
        """));

    private static Html Facts(ZoneView view) => Html.Of(
        $"""
        <dl class="facts">
        <div><dt>Records</dt><dd>{Words.Number(view.Row.Records)}</dd></div>
        <div><dt>Queries per second</dt><dd>{Words.Rate(view.Row.QueriesPerSecond)}</dd></div>
        <div><dt>Served for</dt><dd>{Words.Span(view.Row.Age)}</dd></div>
        {Html.Each(view.Facts, fact => Html.Of($"<div><dt>{fact.Label}</dt><dd>{Breakable(fact.Value)}</dd></div>"))}
        </dl>
        """);

    // A long name is broken after a dot rather than inside a label.
    private static Html Breakable(string name) => Html.Join(name.Split('.').Select((label, index) => index == 0 ? Html.Text(label) : Html.Of($".<wbr>{label}")));

    private static Html History(ZoneView view) => Html.Of(
        $"""
        <h2>Served versions</h2>
        <ol class="log">
        {Html.Each(Enumerable.Range(0, view.Versions.Count), index => Version(view, index))}
        </ol>
        """);

    private static Html Chooser(ZoneView view) => Html.Of(
        $"""
        <form action="{StatusPage.ZoneAddress(view.Row.Name)}/difference" method="get">
        <label>From<select name="from">{Options(view, selected: 1)}</select></label>
        <label>To<select name="to">{Options(view, selected: 0)}</select></label>
        <button>Show the difference</button>
        </form>
        """);

    private static Html Options(ZoneView view, int selected) => Html.Each(
        Enumerable.Range(0, view.Versions.Count),
        index => Html.Of($"""<option value="{view.Versions[index].Serial}"{(index == selected ? Html.Of($" selected") : Html.Empty)}>{view.Versions[index].Serial}</option>"""));

    private static Html Version(ZoneView view, int index)
    {
        var version = view.Versions[index];
        var older = index + 1 < view.Versions.Count ? view.Versions[index + 1] : null;
        return Html.Of(
            $"""
            <li><strong>{version.Serial}</strong> {version.Subject}<br>
            <span class="soft">{version.Author}, {Words.Moment(version.When)}, <code>{Words.Commit(version.Commit)}</code></span><br>
            {(older is null ? Html.Text(version.Summary) : Html.Of($"""<a href="{StatusPage.DifferenceAddress(view.Row.Name, older.Serial, version.Serial)}">{version.Summary}</a>"""))}</li>
            """);
    }

    private static Html Line(DifferenceLine line) => line.Added switch
    {
        true => Html.Of($"""<span class="plus">+ {line.Text}</span>"""),
        false => Html.Of($"""<span class="minus">- {line.Text}</span>"""),
        null => Html.Of($"""<span class="soft">{line.Text}</span>"""),
    };
}
