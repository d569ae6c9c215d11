using System.Globalization;
using Riad.DnsSecondary.Serving;
using Riad.Host;
using Riad.Host.Pages;

namespace Riad.DnsSecondary.Pages;

/// <summary>The one page: which zones are followed, how old they are, and what is wrong.</summary>
internal static class StatusPage
{
    private const int MaxShown = 1000; // a page that a browser can still show; metrics have them all

    public static Page Of(IReadOnlyList<ZoneView> zones, TimeSpan running) => new(SecondaryAppliance.Name, "Status", Html.Of(
        $"""
        <h1>{Headline(zones)}</h1>
        <dl class="facts">
        <div><dt>Records</dt><dd>{Words.Number(zones.Sum(zone => zone.Records))}</dd></div>
        <div><dt>Running</dt><dd>{Words.Span(running)}</dd></div>
        <div><dt>Version</dt><dd>{ApplianceVersion.Current.Version}</dd></div>
        </dl>
        {Html.When(zones.Count > 0, () => Table(zones))}
        <p class="soft"><a href="/health">Health</a> · <a href="/metrics">Metrics</a></p>
        """));

    public static Page NotFound(string what) => new(SecondaryAppliance.Name, "Not here", Html.Of(
        $"""
        <h1>Not here</h1>
        <p>{what} <a href="/">All zones</a></p>
        """));

    private static string Headline(IReadOnlyList<ZoneView> zones)
    {
        var bad = zones.Count(zone => zone.State is ZoneState.Expired or ZoneState.NotLoaded);
        if (zones.Count == 0)
            return "Waiting for the first zone";
        return bad == 0 ? $"{Words.Count(zones.Count, "zone")}, all up" : $"{Words.Count(zones.Count, "zone")}, {Words.Number(bad)} not served";
    }

    private static Html Table(IReadOnlyList<ZoneView> zones) => Html.Of(
        $"""
        <h2>Zones</h2>
        <table>
        <thead><tr><th>Zone</th><th>State</th><th class="number">Serial</th><th class="number">Records</th><th>Heard</th><th>Next</th><th>Because of</th></tr></thead>
        <tbody>
        {Html.Each(zones.OrderBy(zone => zone.State is ZoneState.Served or ZoneState.Followed).Take(MaxShown), Row)}
        </tbody>
        </table>
        {Html.When(zones.Count > MaxShown, () => Html.Of($"""<p class="soft">The first {Words.Number(MaxShown)} of {Words.Number(zones.Count)}, those with troubles first.</p>"""))}
        """);

    private static Html Row(ZoneView zone) => Html.Of(
        $"""
        <tr>
        <td>{zone.Name}{Html.When(zone.Failure is not null, () => Html.Of($"""<br><span class="bad">{zone.Failure} ({zone.Primary})</span>"""))}</td>
        <td data-label="State">{State(zone)}</td>
        <td class="number" data-label="Serial">{zone.Serial?.ToString(CultureInfo.InvariantCulture) ?? "none"}</td>
        <td class="number" data-label="Records">{Words.Number(zone.Records)}</td>
        <td data-label="Heard">{(zone.Age is { } age ? $"{Words.Span(age)} ago" : "never")}</td>
        <td data-label="Next">{(zone.NextRefresh is { } next && next > TimeSpan.Zero ? $"in {Words.Span(next)}" : "now")}</td>
        <td data-label="Because of">{zone.Origin}</td>
        </tr>
        """);

    private static string State(ZoneView zone) => zone.State switch
    {
        ZoneState.Served => zone.IsUnconfirmed ? "served from the state" : "served",
        ZoneState.Followed => "followed",
        ZoneState.NotLoaded => "not loaded",
        ZoneState.Expired => "expired",
    };
}
