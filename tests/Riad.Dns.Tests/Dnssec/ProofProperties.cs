using FsCheck;
using FsCheck.Fluent;
using Riad.Dns.Messages;
using Riad.Dns.Tests.Server;
using Xunit;
using Link = Riad.Dns.Tests.Dnssec.ProofModel.Link;

namespace Riad.Dns.Tests.Dnssec;

/// <summary>Whatever the zone, each answer proves what it says, and with no more records than RFC 4035 §3.1.3 and RFC 5155 §7.2 list.</summary>
public sealed class ProofProperties
{
    private const int MostNsec = 2;
    private const int MostNsec3 = 3;

    private static readonly (string Name, string[] Types)[] Owners =
    [
        ("a.example.", ["A"]), ("b.a.example.", ["A"]), ("d.c.b.a.example.", ["A"]), ("*.a.example.", ["A"]), ("*.example.", ["A"]), ("e.*.a.example.", ["A"]),
        ("f.example.", ["NS"]), ("g.example.", ["DS", "NS"]), ("j.i.h.example.", ["NS"]), ("k.i.h.example.", ["NS"]), ("l.h.example.", ["A"]), ("m.example.", ["CNAME"]),
        ("*.n.example.", ["CNAME"]), ("*.i.h.example.", ["A"]), ("p.o.example.", ["NS"]), ("0.example.", ["A"]), ("z.y.x.example.", ["A"]), ("*.y.x.example.", ["DS", "A"]),
    ];

    private static readonly string[] Questions =
    [
        .. Owners.SelectMany(owner => ProofModel.Above(owner.Name)).Distinct().SelectMany(name => (string[])[name, $"q.{name}", $"r.q.{name}", $"*.{name}"]).Distinct(),
    ];

    public static TheoryData<string, bool> Kinds => new() { { "NSEC", false }, { "NSEC3", false }, { "NSEC3", true } };

    [Theory, MemberData(nameof(Kinds))]
    public void Every_answer_proves_what_it_says(string kind, bool isOptOut) => Prop.ForAll(Gen.Choose(0, (1 << Owners.Length) - 1).ToArbitrary(), chosen =>
    {
        var model = new ProofModel(Owners.Where((_, i) => (chosen >> i & 1) != 0).ToDictionary(owner => owner.Name, owner => owner.Types));
        var isHashed = kind is "NSEC3";
        var server = new SignedServer(SignedServer.Sign(ProofModel.Apex, model.Text(isHashed, isOptOut)));
        foreach (var name in Questions)
        {
            foreach (var type in (string[])["A", "DS", "TXT"])
            {
                var message = TestServer.Read(server.Exchange($"{name} {type}"));
                var links = LinksOf(message);
                var isProved = isHashed ? IsProvedByHashes(model, message, links, name, type) : IsProvedByNames(model, message, links, name, type);
                Assert.True(isProved && links.Count <= (isHashed ? MostNsec3 : MostNsec), $"{chosen} {name} {type}: {server.Ask($"{name} {type}")}");
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    private static bool IsProvedByNames(ProofModel model, Message message, List<Link> links, string name, string type)
    {
        if (IsReferral(model, name, type, out var cut))
            return model.TypesAt(cut).Contains("DS") ? HasDs(message) && links.Count == 0 : ProofModel.Lacks(links, cut, "DS");
        if (model.Exists(name))
            return IsAnswered(model, name, type) ? HasAnswer(message) && links.Count == 0 : IsNoData(message) && ProofModel.Lacks(links, name, type);
        var wildcard = $"*.{model.Encloser(name)}";
        if (!model.Exists(wildcard))
            return message.ResponseCode is ResponseCode.NameError && ProofModel.IsAbsent(links, name) && ProofModel.IsAbsent(links, wildcard);
        return ProofModel.IsAbsent(links, name) && (IsAnswered(model, wildcard, type) ? HasAnswer(message) : IsNoData(message) && ProofModel.Lacks(links, wildcard, type));
    }

    private static bool IsProvedByHashes(ProofModel model, Message message, List<Link> links, string name, string type)
    {
        if (IsReferral(model, name, type, out var cut))
            return model.TypesAt(cut).Contains("DS") ? HasDs(message) && links.Count == 0 : IsLackingOrOptedOut(links, cut, "DS");
        if (model.Exists(name))
            return IsAnswered(model, name, type) ? HasAnswer(message) && links.Count == 0 : IsNoData(message) && IsLackingOrOptedOut(links, name, type);
        var encloser = model.Encloser(name);
        var wildcard = $"*.{encloser}";
        if (!model.Exists(wildcard))
            return message.ResponseCode is ResponseCode.NameError && ProofModel.ProvedEncloser(links, name) is { } proved && (ProofModel.IsHashAbsent(links, $"*.{proved}") || proved != encloser);
        if (IsAnswered(model, wildcard, type))
            return HasAnswer(message) && ProofModel.IsHashAbsent(links, ProofModel.NextCloser(name, encloser));
        return IsNoData(message) && ProofModel.ProvedEncloser(links, name) is not null && ProofModel.HashLacks(links, wildcard, type);
    }

    private static bool IsLackingOrOptedOut(List<Link> links, string name, string type) =>
        ProofModel.HashLacks(links, name, type) || ProofModel.ProvedEncloser(links, name, mustBeOptOut: true) is not null;

    private static bool IsReferral(ProofModel model, string name, string type, out string cut)
    {
        cut = model.CutAbove(name) ?? "";
        return cut.Length > 0 && !(cut == name && type is "DS");
    }

    private static bool IsAnswered(ProofModel model, string name, string type) => model.TypesAt(name).Contains(type) || model.TypesAt(name).Contains("CNAME");

    private static bool HasAnswer(Message message) => message.Answers.Count >= 2 && message.ResponseCode is ResponseCode.NoError;

    private static bool IsNoData(Message message) => message.Answers.Count == 0 && message.ResponseCode is ResponseCode.NoError && message.Flags.HasFlag(HeaderBits.Authoritative);

    private static bool HasDs(Message message) => message.Authorities.Any(record => SignedServer.TypeOf(record) is "DS") && message.Authorities.Any(record => SignedServer.TypeOf(record) is "RRSIG(DS)");

    /// <summary>The NSEC and NSEC3 records, each with its signature beside it.</summary>
    private static List<Link> LinksOf(Message message)
    {
        var links = new List<Link>();
        foreach (var record in message.Authorities.Where(record => SignedServer.TypeOf(record) is "NSEC" or "NSEC3"))
        {
            var words = record.ToString().ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Single(message.Authorities, other => other.Owner == record.Owner && SignedServer.TypeOf(other) == $"RRSIG({SignedServer.TypeOf(record)})");
            links.Add(words[2] is "nsec"
                ? new(words[0], words[3], [.. words[4..].Select(word => word.ToUpperInvariant())], IsOptOut: false)
                : new(words[0].Split('.')[0], words[7], [.. words[8..].Select(word => word.ToUpperInvariant())], words[4] is "1"));
        }
        return links;
    }
}
