using Riad.Core;
using Riad.Host.Pages;

namespace Riad.DnsPrimaryGit.Pages;

/// <summary>The first page: what is served, whether all is well, and what changed last.</summary>
internal static class StatusPage
{
    public const string Appliance = "dns-primary-git";

    public static Page Of(StatusView view) => new(Appliance, "Status", Html.Of(
        $"""
        <h1>{Headline(view)}</h1>
        {Html.Each(view.Troubles, Trouble)}
        {Html.Each(view.Secondaries, Secondary)}
        <dl class="facts">
        <div><dt>Queries per second</dt><dd>{Words.Rate(view.QueriesPerSecond)}</dd></div>
        <div><dt>Records</dt><dd>{Words.Number(view.Zones.Sum(zone => zone.Records))}</dd></div>
        <div><dt>Branch</dt><dd>{view.Branch}{Html.When(view.Head is not null, () => Html.Of($" <code>{Words.Commit(view.Head!)}</code>"))}</dd></div>
        {Html.When(view.Remote is not null, () => Html.Of($"<div><dt>Remote</dt><dd>{view.Remote!}</dd></div>"))}
        <div><dt>Running</dt><dd>{Words.Span(view.Running)}</dd></div>
        <div><dt>Version</dt><dd>{view.Version}</dd></div>
        </dl>
        {(view.Zones.Count == 0 ? FirstSteps(view) : ZoneTable(view.Zones))}
        {Html.When(view.Changes.Count > 0, () => Changes(view.Changes))}
        <p class="soft">To change a zone: <code>git clone {view.CloneAddress}</code>, edit, commit, push. <a href="/health">Health</a> · <a href="/metrics">Metrics</a></p>
        """));

    // A slash goes as its escape in a master file: servers and proxies disagree about what %2F in a path means.
    public static Html ZoneAddress(string zone) => Html.Text($"/zones/{Uri.EscapeDataString(zone.Replace("/", @"\047", StringComparison.Ordinal))}");

    public static Html DifferenceAddress(string zone, uint from, uint to) => Html.Of($"{ZoneAddress(zone)}/difference?from={from}&amp;to={to}");

    private static string Headline(StatusView view) => (view.Zones.Count, view.Troubles.Count) switch
    {
        (0, 0) => "Waiting for the first push",
        (0, _) => "Nothing is served",
        (var zones, 0) => $"{Words.Count(zones, "zone")}, all served",
        (var zones, var troubles) => $"{Words.Count(zones, "zone")}, {Words.Count(troubles, "trouble")}",
    };

    private static Html Trouble(string trouble) => Html.Of($"""<p class="note bad">{trouble}</p>""");

    private static Html Secondary(string sentence) => Html.Of($"<p class=\"note\">{sentence}</p>");

    private static Html FirstSteps(StatusView view) => Html.Of(
        $"""
        <div class="note">
        <p>No zone yet. A zone is a file named after it at the top level of the repository:</p>
        <pre><span>git clone {view.CloneAddress}</span><span>cd zones</span><span>$EDITOR example.org</span><span>git add example.org; git commit -m 'first zone'; git push</span></pre>
        </div>
        """);

    private static Html ZoneTable(Seq<ZoneRow> zones) => Html.Of(
        $"""
        <h2>Zones</h2>
        <table>
        <thead><tr><th>Zone</th><th class="number">Serial</th><th class="number">Records</th><th class="number">Queries/s</th><th>Served for</th><th>Commit</th></tr></thead>
        <tbody>
        {Html.Each(zones, Row)}
        </tbody>
        </table>
        """);

    private static Html Row(ZoneRow zone) => Html.Of(
        $"""
        <tr>
        <td><a href="{ZoneAddress(zone.Name)}">{zone.Name}</a>{Html.When(zone.Trouble is not null, () => Html.Of($"""<br><span class="bad">{zone.Trouble}</span>"""))}</td>
        <td class="number" data-label="Serial">{zone.Serial?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}</td>
        <td class="number" data-label="Records">{Words.Number(zone.Records)}</td>
        <td class="number" data-label="Queries/s">{Words.Rate(zone.QueriesPerSecond)}</td>
        <td data-label="Served for">{(zone.Serial is null ? "not served" : Words.Span(zone.Age))}</td>
        <td data-label="Commit"><code>{Words.Commit(zone.Commit)}</code></td>
        </tr>
        """);

    private static Html Changes(Seq<ChangeRow> changes) => Html.Of(
        $"""
        <h2>Last changes</h2>
        <ol class="log">
        {Html.Each(changes, Change)}
        </ol>
        """);

    private static Html Change(ChangeRow change) => Html.Of(
        $"""
        <li><strong>{change.Subject}</strong><br><span class="soft">{change.Author}, {Words.Moment(change.When)}, <code>{Words.Commit(change.Commit)}</code></span>
        {Html.Each(change.Zones, ZoneLine)}</li>
        """);

    private static Html ZoneLine(ZoneChangeRow change) => (change.From, change.To) switch
    {
        ({ } from, { } to) => Html.Of($"""<br><a href="{DifferenceAddress(change.Zone, from, to)}">{change.Zone}</a> {from} → {to}, {change.Summary}"""),
        (null, { } to) => Html.Of($"""<br><a href="{ZoneAddress(change.Zone)}">{change.Zone}</a> new, serial {to}, {change.Summary}"""),
        (_, null) => Html.Of($"<br>{change.Zone} removed"),
    };
}
