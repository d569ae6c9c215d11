using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Server.Access;

/// <summary>Reads a policy file: a sentence a line, '#' begins a comment.</summary>
/// <remarks>
/// <code>
/// key NAME may update every zone [types TYPE...]
/// key NAME may update zone NAME | zones under NAME | name NAME | names under NAME [types TYPE...]
/// key NAME may transfer | notify every zone | zone NAME | zones under NAME
/// key NAME may nothing
/// address ADDRESS[/BITS] may transfer every zone | zone NAME | zones under NAME
/// </code>
/// Words are separated by blanks; those of the language are in lower case.
/// </remarks>
public static class PolicyReader
{
    /// <summary>The most errors that are told at once.</summary>
    public const int MaxErrors = 20;

    /// <summary>Reads a whole file.</summary>
    /// <param name="file">For positions, as a person would write it.</param>
    /// <param name="text">UTF-8.</param>
    /// <param name="policy">Null when there is an error.</param>
    /// <param name="errors">In file order; empty on success.</param>
    public static bool TryRead(string file, ReadOnlySpan<byte> text, [NotNullWhen(true)] out Policy? policy, out Seq<PolicyError> errors)
    {
        var lines = new PolicyLines();
        var (found, number) = (new List<PolicyError>(), 0);
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = new PolicyLine(text[range], file, ++number);
            if (!line.IsEmpty)
                ReadLine(ref line, lines);
            if (line.Error is { } error && found.Count < MaxErrors)
                found.Add(error);
        }
        if (found.Count == 0)
            found.AddRange(lines.Contradictions.Take(MaxErrors));
        errors = found.ToSeq();
        policy = found.Count == 0 ? lines.ToPolicy() : null;
        return policy is not null;
    }

    private static void ReadLine(ref PolicyLine line, PolicyLines lines)
    {
        var start = line.Here;
        switch (line.Take(PolicyFault.WhoExpected))
        {
            case "key": ReadKey(ref line, start, lines); break;
            case "address": ReadAddress(ref line, lines); break;
            default: line.FailTaken(PolicyFault.WhoExpected); break;
        }
    }

    private static void ReadKey(ref PolicyLine line, TextPosition start, PolicyLines lines)
    {
        var name = TakeName(ref line);
        TakeMay(ref line);
        var word = line.Take(PolicyFault.OperationExpected);
        var operation = word switch
        {
            "update" => AccessOperation.Update,
            "transfer" => AccessOperation.Transfer,
            "notify" => AccessOperation.Notify,
            _ => default(AccessOperation?),
        };
        var grant = operation is { } which ? TakeGrant(ref line, which) : null;
        if (operation is null && word is not "nothing")
            line.FailTaken(PolicyFault.OperationExpected);
        line.End(PolicyFault.EndExpected);
        if (line.Error is null)
            lines.Add(name, grant, start);
    }

    private static void ReadAddress(ref PolicyLine line, PolicyLines lines)
    {
        if (!AddressRange.TryParse(line.Take(PolicyFault.AddressExpected), out var range))
            line.FailTaken(PolicyFault.AddressExpected);
        TakeMay(ref line);
        if (line.Take(PolicyFault.AddressMayOnlyTransfer) is not "transfer")
            line.FailTaken(PolicyFault.AddressMayOnlyTransfer);
        var grant = TakeGrant(ref line, AccessOperation.Transfer);
        line.End(PolicyFault.EndExpected);
        if (line.Error is null)
            lines.Add(range, grant);
    }

    private static void TakeMay(ref PolicyLine line)
    {
        if (line.Take(PolicyFault.MayExpected) is not "may")
            line.FailTaken(PolicyFault.MayExpected);
    }

    private static PolicyGrant TakeGrant(ref PolicyLine line, AccessOperation operation)
    {
        var scope = TakeScope(ref line);
        if (scope is PolicyScope.OneName or PolicyScope.NamesUnder && operation is not AccessOperation.Update)
            line.FailTaken(PolicyFault.NamesOnlyForUpdate);
        var types = new List<ushort>();
        if (line.Peek() is "types")
        {
            line.Take(PolicyFault.EndExpected);
            if (operation is not AccessOperation.Update)
                line.FailTaken(PolicyFault.TypesOnlyForUpdate);
            do
                types.Add(TakeType(ref line));
            while (line.Peek() is not null);
        }
        return new(operation, scope, types.ToSeq());
    }

    private static PolicyScope TakeScope(ref PolicyLine line)
    {
        switch (line.Take(PolicyFault.ScopeExpected))
        {
            case "every" when line.Take(PolicyFault.ScopeExpected) is "zone": return new PolicyScope.EveryZone();
            case "zone": return new PolicyScope.OneZone(TakeName(ref line));
            case "name": return new PolicyScope.OneName(TakeName(ref line));
            case "zones" when line.Take(PolicyFault.ScopeExpected) is "under": return new PolicyScope.ZonesUnder(TakeName(ref line));
            case "names" when line.Take(PolicyFault.ScopeExpected) is "under": return new PolicyScope.NamesUnder(TakeName(ref line));
            default:
                line.FailTaken(PolicyFault.ScopeExpected);
                return new PolicyScope.OneName(DomainName.Root);
        }
    }

    private static DomainName TakeName(ref PolicyLine line)
    {
        if (DomainName.TryParseAbsolute(line.Take(PolicyFault.NameExpected), out var name))
            return name;
        line.FailTaken(PolicyFault.NameExpected);
        return DomainName.Root;
    }

    private static ushort TakeType(ref PolicyLine line)
    {
        if (RrTypes.TryParse(Encoding.UTF8.GetBytes(line.Take(PolicyFault.TypeExpected)), out var type))
            return type.Code;
        line.FailTaken(PolicyFault.TypeExpected);
        return 0;
    }
}
