using System.Globalization;
using Riad.Dns.Messages;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Interop.Tests.Signed;

/// <summary>Validators accept every answer: what is there, what is not, and what was delegated.</summary>
public sealed class ValidationTests(SignedZones served) : IClassFixture<SignedZones>
{
    private const int FewestAnswers = 5000;
    private const ushort Alias = 5;
    private const ushort DelegationSigner = 43;

    /// <summary>A NS CNAME SOA MX TXT AAAA DNAME DS DNSKEY NSEC3PARAM, and one that is not listed.</summary>
    private static readonly ushort[] Types = [1, 2, 5, 6, 15, 16, 28, 39, 43, 48, 51, 65280];

    [Fact]
    public void Unbound_validates_every_answer()
    {
        using var unbound = Unbound.Start(served.Dns, served.Tops, served.All);
        using var asker = unbound.Connect();
        var (answers, faults) = (0, new List<string>());
        foreach (var zone in served.Tops)
        {
            foreach (var name in SignedQuestions.NamesOf(zone).Where(name => !IsElsewhere(name, zone.Name)))
            {
                foreach (var type in Types.Where(type => IsForUnbound(name, type, zone.Name)))
                {
                    answers++;
                    Assert.True(Message.TryRead(asker.Ask(SignedQuestions.Query(name, type, isRecursive: true)), out var answer, out _));
                    var isSecure = answer.Flags.HasFlag(HeaderBits.AuthenticData);
                    if (answer.ResponseCode is not (ResponseCode.NoError or ResponseCode.NameError) || isSecure != MustBeSecure(zone, name, type, isSecure))
                        faults.Add($"{SignedQuestions.Print(name, type)}: {answer.ResponseCode}{(isSecure ? " ad" : "")}");
                }
            }
        }
        Assert.True(faults.Count == 0, $"{faults.Count} of {answers} answers are not as they should be:\n{string.Join('\n', faults.Take(20))}\n{unbound.Log[..Math.Min(unbound.Log.Length, 8000)]}");
        Assert.True(answers >= FewestAnswers, $"only {answers} answers were validated");
    }

    public static TheoryData<string, string, string> Questions => new()
    {
        // name                type     what delv says
        { "",                  "SOA",   "fully validated" },
        { "",                  "DNSKEY", "fully validated" },
        { "www",               "A",     "fully validated" },
        { "www",               "MX",    "negative response, fully validated" },
        { "nothing",           "A",     "negative response, fully validated" },
        { "deep.nothing",      "A",     "negative response, fully validated" },
        { "b.c.ent",           "A",     "negative response, fully validated" },
        { "x.b.c.ent",         "A",     "negative response, fully validated" },
        { "q.wild",            "A",     "fully validated" },
        { "q.r.wild",          "MX",    "fully validated" },
        { "q.wild",            "TXT",   "negative response, fully validated" },
        { "q.starent",         "A",     "negative response, fully validated" },
        { "chain",             "A",     "fully validated" },
        { "toalias",           "A",     "fully validated" },
        { "a.old",             "A",     "fully validated" },
        { "dscut",             "DS",    "fully validated" },
        { "cut",               "DS",    "negative response, fully validated" },
        { "deepcut.u.v",       "DS",    "negative response, fully validated" },
        { "www.secure",        "A",     "fully validated" },
        { "www.insecure",      "A",     "unsigned answer" },
    };

    /// <summary>Where insecure delegations are left out, an absent name may be one: RFC 5155 §6.</summary>
    [Fact]
    public void Delv_validates_answers_of_every_kind()
    {
        var faults = new List<string>();
        foreach (var zone in served.Tops)
        {
            var anchor = Path.GetTempFileName();
            var key = zone.Key.Split(';')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var at = Array.IndexOf(key, "DNSKEY");
            File.WriteAllText(anchor, $"trust-anchors {{ \"{zone.Name}.\" static-key {key[at + 1]} {key[at + 2]} {key[at + 3]} \"{string.Concat(key[(at + 4)..])}\"; }};");
            foreach (var (name, type, said) in Questions.Select(row => ((string)row[0], (string)row[1], (string)row[2])))
            {
                var whole = name.Length == 0 ? zone.Name : $"{name}.{zone.Name}";
                var result = Tool.Run("delv", [$"@{served.Dns.Address}", "-p", served.Dns.Port.ToString(CultureInfo.InvariantCulture), "-a", anchor, $"+root={zone.Name}", "+vtrace", whole, type], ".");
                var isAsExpected = result.Output.Contains($"; {said}", StringComparison.Ordinal) || (zone.IsOptOut && result.Output.Contains("unsigned answer", StringComparison.Ordinal) && (said is not "fully validated" || name.StartsWith("q.", StringComparison.Ordinal)));
                if (!isAsExpected)
                    faults.Add($"{whole} {type}: not '{said}':\n{result}");
            }
            File.Delete(anchor);
        }
        Assert.True(faults.Count == 0, $"{faults.Count} answers:\n{string.Join("\n\n", faults.Take(5))}");
    }

    /// <summary>Delegated to servers that are not there: only the parent's side can be asked for.</summary>
    private static bool IsCut(string name, string zone) =>
        Is(name, $"cut.{zone}") || Is(name, $"sibling.{zone}") || Is(name, $"dscut.{zone}") || Is(name, $"deepcut.u.v.{zone}");

    private static bool IsElsewhere(string name, string zone) =>
        Parents(name).Any(above => IsCut(above, zone));

    private static IEnumerable<string> Parents(string name)
    {
        for (var at = name.IndexOf('.', StringComparison.Ordinal); at >= 0 && at + 1 < name.Length; at = name.IndexOf('.', at + 1))
            yield return name[(at + 1)..];
    }

    private static bool Is(string name, string other) => name.TrimEnd('.').Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool IsForUnbound(string name, ushort type, string zone)
    {
        if (IsCut(name, zone))
            return type == DelegationSigner;
        var isBelowRedirection = Parents(name).Any(above => Is(above, $"old.{zone}") || Is(above, $"dead.{zone}"));
        return type != Alias || !isBelowRedirection; // Unbound 1.17 looks for a signature of the alias that a DNAME means, whoever answers
    }

    /// <summary>Whether the answer must be validated; where insecure delegations are left out, most may be insecure (RFC 5155 §12.2).</summary>
    private static bool MustBeSecure(SignedZone zone, string name, ushort type, bool isSecure)
    {
        if (zone.IsOptOut)
            return isSecure || Is(name, zone.Name);
        if (Is(name, $"insecure.{zone.Name}"))
            return type == DelegationSigner;
        return !Parents(name).Any(above => Is(above, $"insecure.{zone.Name}")) && !(type != Alias && Is(name, $"toinsecure.{zone.Name}"));
    }
}
