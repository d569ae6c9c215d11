using Riad.Host;
using Riad.Host.Dns;

namespace Riad.DnsSecondary;

/// <summary>The appliance as its operator sees it.</summary>
internal static class SecondaryAppliance
{
    public const string Name = "dns-secondary";

    public static ApplianceDefinition Definition { get; } = new()
    {
        Name = Name,
        Summary = "Transfers DNS zones from a primary, keeps them up to date and serves them.",
        StateSummary = "Keeps what is transferred in DIR, as a Git repository, and serves it at the next start before a primary is reached. When it is not given, zones are in memory only, and the default holds no more than a lock.",
        DefaultListen = SecondarySettings.DefaultListen,
        DefaultHttp = SecondarySettings.DefaultHttp,
        Settings = SecondarySettings.Serve,
        Examples =
        [
            "dns-secondary serve --primary 192.0.2.1 --keys keys --zone example.org",
            "dns-secondary serve --primary 192.0.2.1 --primary [2001:db8::1]:53 --keys keys --catalog catalog.example --listen 198.51.100.1:53",
            "dns-secondary serve --primary 192.0.2.1:853 --tls ns1.example.org --keys keys --zone example.org",
            "dns-secondary serve --primary 192.0.2.1 --keys keys --zone example.org --state /var/lib/dns-secondary",
        ],
        KernelNetwork = static settings => new() { Threads = settings.Get(NameServerSettings.Threads) },
        Serve = static async (host, stop) =>
        {
            await using var service = SecondaryService.Open(host);
            await service.RunAsync(stop);
        },
    };
}
