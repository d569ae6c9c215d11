using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Zones;

namespace Riad.Dns.Catalogs;

/// <summary>Makes catalog zones: zones that list the zones of a server, so that its secondaries need no lists of their own.</summary>
/// <remarks>
/// Source: RFC 9432, version 2. A member's label is a hash of its name: it stays the same as long as the zone is listed, and when
/// it comes back, so that consumers keep what they have of it. SOA and NS are those of the RFC's example: they lead nowhere.
/// </remarks>
public static class CatalogZone
{
    /// <summary>The most octets of a group's name.</summary>
    public const int MaxGroupLength = 255;

    private const int IdentifierOctets = 16;
    private const int DigestOctets = 32;
    private const uint RefreshSeconds = 3600;
    private const uint RetrySeconds = 600;
    private const uint ExpireSeconds = 2_147_483_646;

    private static readonly DomainName Nowhere = DomainName.TryParseAbsolute("invalid", out var name) ? name : throw new System.Diagnostics.UnreachableException();

    /// <summary>True when this name leaves room for the names of members.</summary>
    public static bool CanBe(DomainName catalog) => Below(catalog, "zones", new string('f', 2 * IdentifierOctets), "group") is not null;

    /// <summary>Makes a version.</summary>
    /// <param name="catalog">The catalog's name, of which <see cref="CanBe"/> is true.</param>
    /// <param name="serial">The version.</param>
    /// <param name="members">Each zone once; the catalog itself is no member.</param>
    public static Zone Make(DomainName catalog, Serial serial, IEnumerable<CatalogMember> members)
    {
        var builder = new ZoneBuilder(catalog);
        Add(builder, catalog, RrTypes.Soa, RrTypes.Soa.Codec.ToOctets(new(Nowhere, Nowhere, serial, RefreshSeconds, RetrySeconds, ExpireSeconds, NegativeTtl: 0)));
        Add(builder, catalog, RrTypes.Ns, new(Nowhere.Wire));
        Add(builder, Name(catalog, "version"), RrTypes.Txt, Text("2"));
        foreach (var member in members.OrderBy(member => member.Zone))
        {
            var identifier = IdentifierOf(member.Zone);
            Add(builder, Name(catalog, "zones", identifier), RrTypes.Ptr, new(member.Zone.Wire));
            if (member.Group is { } group)
                Add(builder, Name(catalog, "zones", identifier, "group"), RrTypes.Txt, Text(group));
        }
        return builder.Build();
    }

    /// <summary>The label under which a zone is listed: 32 hexadecimal digits.</summary>
    public static string IdentifierOf(DomainName zone)
    {
        Span<byte> digest = stackalloc byte[DigestOctets];
        Hash(Lower(zone), digest);
        return Convert.ToHexStringLower(digest[..IdentifierOctets]);
    }

    /// <summary>What tells one membership from another: the same for the same zones in the same groups, in whatever order. 64 hexadecimal digits.</summary>
    public static string DigestOf(IEnumerable<CatalogMember> members)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var member in members.OrderBy(member => member.Zone))
        {
            hash.AppendData(Lower(member.Zone));
            hash.AppendData(member.Group is { } group ? [1, .. Text(group).Span] : [0]); // or a group would be read as the next zone
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Hash(byte[] octets, Span<byte> digest) => SHA256.HashData(octets, digest);

    private static byte[] Lower(DomainName name)
    {
        var octets = new byte[name.Wire.Length];
        NameOctets.CopyLower(name.Wire, octets);
        return octets;
    }

    private static void Add(ZoneBuilder builder, DomainName owner, RrType type, Octets rdata) => builder.Add(owner.Wire, type, 0, rdata.Span);

    private static DomainName Name(DomainName catalog, params ReadOnlySpan<string> labels) =>
        Below(catalog, labels) ?? throw new ArgumentException("the catalog's name is too long", nameof(catalog));

    private static DomainName? Below(DomainName catalog, params ReadOnlySpan<string> labels)
    {
        var name = catalog;
        foreach (var label in labels)
            name = name?.Prepend(Encoding.ASCII.GetBytes(label));
        return name;
    }

    private static Octets Text(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        if (octets.Length > MaxGroupLength)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"more than {MaxGroupLength} octets"), nameof(text));
        return new([(byte)octets.Length, .. octets]);
    }
}
