using System.Diagnostics;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Updates;

/// <summary>Tells whether the prerequisites of an update hold.</summary>
internal static class PrerequisiteCheck
{
    /// <summary>The first reason against the update; NOERROR when all prerequisites hold.</summary>
    /// <remarks>Source: RFC 2136 §3.2.5: sets are compared once all records were read.</remarks>
    public static ResponseCode Run(ZoneDraft draft, Seq<ResourceRecord> prerequisites)
    {
        var expected = new Dictionary<(DomainName Owner, RrType Type), DraftSet>();
        foreach (var record in prerequisites)
        {
            if (!PrerequisiteReader.TryRead(record, draft.Apex, out var prerequisite, out var fault))
                return fault;
            if (prerequisite is Prerequisite.SetHas has)
                Expect(expected, has);
            else if (Judge(draft, prerequisite) is not ResponseCode.NoError and var verdict)
                return verdict;
        }
        return expected.All(entry => HasExactly(draft, entry.Key.Owner, entry.Value)) ? ResponseCode.NoError : ResponseCode.SetMissing;
    }

    private static ResponseCode Judge(ZoneDraft draft, Prerequisite prerequisite)
    {
        var name = draft.At(prerequisite.Owner);
        var (holds, otherwise) = prerequisite switch
        {
            Prerequisite.NameInUse => (name.IsInUse, ResponseCode.NameError),
            Prerequisite.NameNotInUse => (!name.IsInUse, ResponseCode.NameExists),
            Prerequisite.SetExists exists => (name.Find(exists.Type) is not null, ResponseCode.SetMissing),
            Prerequisite.SetMissing missing => (name.Find(missing.Type) is null, ResponseCode.SetExists),
            _ => throw new UnreachableException(),
        };
        return holds ? ResponseCode.NoError : otherwise;
    }

    private static void Expect(Dictionary<(DomainName, RrType), DraftSet> expected, Prerequisite.SetHas has)
    {
        if (!expected.TryGetValue((has.Owner, has.Type), out var set))
            expected[(has.Owner, has.Type)] = set = new(has.Type, default);
        set.Add(has.Data);
    }

    /// <summary>TTLs do not count.</summary>
    private static bool HasExactly(ZoneDraft draft, DomainName owner, DraftSet expected) =>
        draft.At(owner).Find(expected.Type) is { } present && present.Count == expected.Count && expected.Data.All(present.Contains);
}
