using System.Collections.Immutable;
using System.Globalization;
using Riad.ZoneRepository.Updates;

namespace Riad.ZoneRepository.Tests.Updates;

/// <summary>A large zone that updates have changed: the next push reads what differs, and serves and says what a reading of the whole gives.</summary>
public sealed class UpdatedOutlineTests
{
    private static readonly string Start = Zones.Text(1, string.Concat(Enumerable.Range(0, 16_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"host{i} A 10.0.{i >> 8}.{i & 255}\n"))));

    public static TheoryData<string, string, string> Updates => new()
    {
        // updates, each a commit                                                   what is pushed then             instead of
        { "add new 60 A 192.0.2.7",                                                 "host7000 A 10.9.9.9",          "host7000 A 10.0.27.88" },
        { "add new 60 A 192.0.2.7",                                                 "  TXT below-new\n",            "" },
        { "delete host7000",                                                        "host6999 A 10.9.9.9",          "host6999 A 10.0.27.87" },
        { "delete host7000 A; add host7000 3600 A 10.7.7.7|add new 60 TXT x|delete new", "host7001 A 10.9.9.9",     "host7001 A 10.0.27.89" },
        { "add host9000 60 A 10.9.9.9",                                             "host9000 60 A 10.8.8.8",       "host9000 60 A 10.9.9.9" },
        { "add old 60 DNAME elsewhere",                                             "host1 AAAA 2001:db8::1\nhost1 A", "host1 A" },
        { "delete host15999|delete host15998|add z 3600 A 192.0.2.1",                 "  A 192.0.2.2\n",              "" },
        { "add @ 3600 SOA ns1 hostmaster 77 1 2 3 4|add new 60 A 192.0.2.7",        "host7 A 10.9.9.9",             "host7 A 10.0.0.7" },
    };

    [Theory, MemberData(nameof(Updates))]
    public void The_next_push_reads_what_differs(string updates, string written, string instead)
    {
        var (parts, whole) = (UpdatedServer.Of(("example.org", Start)), UpdatedServer.Of(("example.org", Start)));
        foreach (var update in updates.Split('|'))
        {
            Assert.IsType<UpdateOutcome.Committed>(Assert.Single(parts.Update(update)));
            whole.Update(update);
            Assert.Equal(parts.Version.Sources[0].Blob, parts.Version.Outline?.Blob);
        }
        whole.Server.State = whole.Server.State with { Zones = whole.Server.State.Zones.ToImmutableSortedDictionary(zone => zone.Key, zone => zone.Value with { Outline = null }) };
        var text = parts.Text("example.org");
        Assert.Contains(instead, text, StringComparison.Ordinal);
        text = instead.Length > 0 ? text.Replace(instead, written, StringComparison.Ordinal) : text + written;

        Assert.Equal(Push(whole, text), Push(parts, text));

        Assert.Equal(whole.Server.State.Journal.Tip, parts.Server.State.Journal.Tip);
        Assert.Equal(Zones.Lines(whole.Version.Zone), Zones.Lines(parts.Version.Zone));
        Assert.Equal(parts.Version.Sources[0].Blob, parts.Version.Outline?.Blob);
    }

    private static IReadOnlyList<string> Push(UpdatedServer server, string text)
    {
        server.Server.Repository.Put("example.org", text);
        return server.Server.Push();
    }
}
