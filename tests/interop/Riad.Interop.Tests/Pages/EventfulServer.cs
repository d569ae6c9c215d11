using Riad.Interop.Tests.PrimaryGit;
using Xunit;

namespace Riad.Interop.Tests.Pages;

/// <summary>A server with a past: many versions, odd and long names, hostile text, a removed zone, and one that turned bad.</summary>
public sealed class EventfulServer : IDisposable
{
    public const string LongZone = "a-rather-long-department-name-of-the-kind-that-houses-have.an-even-longer-label-that-nobody-would-ever-type-by-hand.example.net";
    public const string HostileSubject = "<script>alert('subject')</script> \u202egnp.exe & \"quotes\"";
    public const string HostileText = "<img src=x onerror=alert('record')>";

    private const string Soa = "@ 3600 SOA ns1.example.org. hostmaster.example.org. 1 7200 900 1209600 300\n@ 3600 NS ns1.example.org.\n";

    public EventfulServer()
    {
        Push("example.net", Soa, "Add example.net");
        Push(LongZone, Soa, "A zone with a long name, and a subject that goes on for so long that it has to be broken into several lines on any telephone");
        Push("0%2F26.2.0.192.in-addr.arpa", Soa + "1 3600 PTR www.example.org.\n", "Reverse zone of half a network");
        Push("gone.example", Soa, "Add gone.example");
        File.Delete(Path.Combine(Work.Clone, "gone.example"));
        Work.Commit("Remove gone.example");
        Work.Push().MustSucceed();
        Push("example.net", Soa + $"txt 3600 TXT \"{HostileText}\"\n", HostileSubject);
        for (var version = 1; version <= 6; version++)
            Push("example.net", Soa + $"txt 3600 TXT \"{HostileText}\"\nwww 60 A 192.0.2.{version}\n" + string.Concat(Enumerable.Range(0, version * 3).Select(host => $"host{host} 3600 AAAA 2001:db8::{host:x}\n")), $"Version {version}");
    }

    internal Workplace Work { get; } = new("--example");

    /// <summary>Moves www, with a push.</summary>
    public void MoveWww(string from, string to)
    {
        Work.Replace("example.org", from, to);
        Work.Commit($"Move www to {to}");
        Work.Push().MustSucceed();
    }

    /// <summary>Puts a faulty zone into the branch behind the server's back, and waits until it has noticed.</summary>
    public void Spoil()
    {
        var repository = Work.Bare;
        Work.Replace("example.org", "www     A       192.0.2.10", "www     AAAAA   192.0.2.10");
        Work.Commit("Break example.org past the server");
        Work.Git(repository, "fetch", "-q", Work.Clone, "+main:main").MustSucceed();
        var health = Workplace.Await(() => Work.Curl("/health"), said => said.StartsWith("degraded", StringComparison.Ordinal));
        Assert.True(health.StartsWith("degraded", StringComparison.Ordinal), $"the server did not notice: {health}\n{Work.Appliance.Log}");
    }

    public void Dispose() => Work.Dispose();

    private void Push(string file, string zone, string subject)
    {
        Work.Write(file, zone);
        Work.Commit(subject);
        Work.Push().MustSucceed();
    }
}
