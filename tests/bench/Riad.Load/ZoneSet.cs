using System.Globalization;
using System.Text;

namespace Riad.Load;

/// <summary>A zone that looks like a hosting provider's, and queries for it; the same each time.</summary>
/// <remarks>
/// 40 % hosts with A, 35 % with A and AAAA, 8 % with MX, 7 % with TXT, 8 % delegations with glue, 2 % wildcards below a host.
/// Queries: 80 % hits on addresses (2 of these by wildcard), 2.5 % MX, 2.5 % TXT, 5 % no such name, 5 % no such type,
/// 5 % referrals; half with EDNS, 2 % in mixed case.
/// </remarks>
internal sealed record ZoneSet(string Name, string Origin, int Names, int Seed)
{
    private const int QueryCount = 1_000_000;
    private static readonly string[] Words = ["adobe", "basin", "cedar", "dune", "ember", "fig", "grove", "henna", "indigo", "jasmine", "kiln", "lantern", "mosaic", "niche", "olive", "patio"];

    private readonly List<string> addresses = [];
    private readonly List<string> dualAddresses = [];
    private readonly List<string> mailHosts = [];
    private readonly List<string> textHosts = [];
    private readonly List<string> delegations = [];
    private readonly List<string> wildcards = [];

    public static IReadOnlyList<ZoneSet> All { get; } = [new("A", "a.test.", 100_000, 1), new("C", "c.test.", 1_000_000, 3)];

    public void Write(string folder)
    {
        var random = new Random(Seed);
        using (var zone = new StreamWriter(Path.Combine(folder, $"{Name}.zone"), append: false, Encoding.ASCII, 1 << 20))
        {
            zone.NewLine = "\n";
            WriteApex(zone);
            for (var index = 0; index < Names - 4; index++)
                WriteOwner(zone, random, index);
        }
        using var queries = File.Create(Path.Combine(folder, $"{Name}.queries"));
        using var text = new StreamWriter(Path.Combine(folder, $"{Name}.queries.txt"), append: false, Encoding.ASCII, 1 << 20);
        for (var index = 0; index < QueryCount; index++)
            WriteQuery(queries, text, random);
    }

    private void WriteApex(StreamWriter zone)
    {
        zone.WriteLine($"{Origin} 3600 IN SOA ns1.{Origin} hostmaster.{Origin} 2026112101 7200 3600 1209600 300");
        zone.WriteLine($"{Origin} 3600 IN NS ns1.{Origin}");
        zone.WriteLine($"{Origin} 3600 IN NS ns2.{Origin}");
        zone.WriteLine($"{Origin} 3600 IN MX 10 mail.{Origin}");
        foreach (var (host, number) in new[] { ("ns1", 1), ("ns2", 2), ("mail", 3) })
        {
            zone.WriteLine($"{host}.{Origin} 3600 IN A 192.0.2.{number}");
            zone.WriteLine($"{host}.{Origin} 3600 IN AAAA 2001:db8::{number}");
        }
    }

    private void WriteOwner(StreamWriter zone, Random random, int index)
    {
        var kind = random.NextDouble();
        var name = string.Create(CultureInfo.InvariantCulture, $"{Words[random.Next(Words.Length)]}{index:x}.{Origin}");
        var address = $"10.{index >> 16 & 255}.{index >> 8 & 255}.{index & 255}";
        var address6 = string.Create(CultureInfo.InvariantCulture, $"2001:db8:{index >> 16:x}:{index & 0xffff:x}::{random.Next(1, 65535):x}");
        if (kind is >= 0.90 and < 0.98)
        {
            delegations.Add(name);
            zone.WriteLine($"{name} 3600 IN NS ns1.{name}");
            zone.WriteLine($"{name} 3600 IN NS ns2.{name}");
            zone.WriteLine($"ns1.{name} 3600 IN A {address}");
            zone.WriteLine($"ns1.{name} 3600 IN AAAA {address6}");
            zone.WriteLine($"ns2.{name} 3600 IN A {address}");
            return;
        }
        zone.WriteLine($"{name} 300 IN A {address}");
        addresses.Add(name);
        switch (kind)
        {
            case < 0.40:
                break;
            case < 0.75:
                zone.WriteLine($"{name} 300 IN AAAA {address6}");
                dualAddresses.Add(name);
                break;
            case < 0.83:
                zone.WriteLine($"{name} 3600 IN MX 10 mail.{Origin}");
                zone.WriteLine($"{name} 3600 IN MX 20 mx2.example.net.");
                mailHosts.Add(name);
                break;
            case < 0.90:
                zone.WriteLine($"{name} 600 IN TXT \"v=spf1 ip4:{address} include:_spf.{Origin} -all\"");
                textHosts.Add(name);
                break;
            default:
                zone.WriteLine($"*.{name} 300 IN A {address}");
                zone.WriteLine($"*.{name} 300 IN MX 10 mail.{Origin}");
                wildcards.Add(name);
                break;
        }
    }

    private void WriteQuery(Stream queries, StreamWriter text, Random random)
    {
        var (name, type) = Choose(random);
        if (random.NextDouble() < 0.02)
            name = string.Concat(name.Select(letter => random.Next(2) == 0 ? char.ToUpperInvariant(letter) : letter));
        var octets = Query.Encode(name, type, edns: random.Next(2) == 0);
        queries.Write([(byte)(octets.Length >> 8), (byte)octets.Length]);
        queries.Write(octets);
        text.WriteLine($"{name} {type}");
    }

    private (string Name, QueryType Type) Choose(Random random) => random.NextDouble() switch
    {
        < 0.54 => (Any(random, addresses), QueryType.A),
        < 0.78 => (Any(random, dualAddresses), QueryType.AAAA),
        < 0.80 => ($"w{random.Next(10_000)}.{Any(random, wildcards)}", QueryType.A),
        < 0.825 => (Any(random, mailHosts), QueryType.MX),
        < 0.85 => (Any(random, textHosts), QueryType.TXT),
        < 0.90 => (string.Create(CultureInfo.InvariantCulture, $"nx{random.Next(1 << 24):x}.{Origin}"), QueryType.A),
        < 0.95 => (Any(random, mailHosts), QueryType.AAAA),
        _ => ($"www.{Any(random, delegations)}", QueryType.A),
    };

    private static string Any(Random random, List<string> names) => names[random.Next(names.Count)];
}
