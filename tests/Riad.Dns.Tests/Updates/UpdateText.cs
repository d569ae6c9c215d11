using System.Globalization;
using System.Text;
using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.Dns.Tests.Zones;
using Riad.Dns.Updates;
using Riad.Dns.Zones;
using Xunit;

namespace Riad.Dns.Tests.Updates;

/// <summary>Updates as nsupdate reads them, names relative to the zone, and what became of them as text.</summary>
internal static class UpdateText
{
    public const string Apex = "example.org.";

    public static DomainName Origin { get; } = ZoneText.Name(Apex);

    /// <summary>"prereq yxrrset www A 192.0.2.1; add www 60 A 192.0.2.1; delete www A 192.0.2.1", over the wire and back.</summary>
    public static UpdateMessage Message(string commands)
    {
        var prerequisites = new List<ResourceRecord>();
        var updates = new List<ResourceRecord>();
        foreach (var command in commands.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = command.Split(' ');
            if (words[0] == "prereq")
                prerequisites.Add(Prerequisite(words[1], words[2..]));
            else
                updates.Add(Update(words[0], words[1..]));
        }
        return Send(prerequisites, updates);
    }

    public static UpdateMessage Send(IEnumerable<ResourceRecord> prerequisites, IEnumerable<ResourceRecord> updates)
    {
        var buffer = new byte[ushort.MaxValue];
        Assert.True(Octets(prerequisites, updates).TryWrite(buffer, out var length));
        Assert.True(UpdateMessage.TryRead(buffer.AsSpan(0, length), out var message));
        return message;
    }

    public static Message Octets(IEnumerable<ResourceRecord> prerequisites, IEnumerable<ResourceRecord> updates) => new(
        7, HeaderBits.None, Opcode.Update, ResponseCode.NoError, [new(Origin, RrTypes.Soa.Code, RecordClass.Internet)], prerequisites.ToSeq(), updates.ToSeq(), [], null);

    /// <summary>The response code's name in lower case, "nothing", or the net difference.</summary>
    public static string Judge(Zone zone, UpdateMessage message) => Print(UpdateJudgement.Judge(zone, message, static (_, _) => true));

    public static string Print(UpdateVerdict verdict) => verdict switch
    {
        UpdateVerdict.Refused refused => refused.Code.ToString(),
        UpdateVerdict.WithoutEffect => "nothing",
        UpdateVerdict.Changed changed => string.Join("; ", changed.Changes.SelectMany(Print)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<string> Print(SetChange change)
    {
        var owner = change.Owner == Origin ? "@" : change.Owner.ToString()[..^(Apex.Length + 1)];
        if (change is { Old.Count: > 0, New.Count: > 0 } && change.OldTtl != change.NewTtl)
            yield return $"t {owner} {change.Type} {change.NewTtl}";
        foreach (var data in change.Removed)
            yield return $"- {owner} {change.Type} {Print(change.Type, data)}";
        foreach (var data in change.Added)
            yield return $"+ {owner} {change.NewTtl} {change.Type} {Print(change.Type, data)}";
    }

    public static string Print(RrType type, Octets data)
    {
        var text = new StringBuilder();
        RdataText.Print(type, data.Span, text);
        return text.ToString();
    }

    private static ResourceRecord Prerequisite(string what, string[] words) => (what, words) switch
    {
        ("yxdomain", [var owner]) => Record(owner, QueryTypes.Any, RecordClass.Any),
        ("nxdomain", [var owner]) => Record(owner, QueryTypes.Any, RecordClass.None),
        ("yxrrset", [var owner, var type]) => Record(owner, Type(type).Code, RecordClass.Any),
        ("nxrrset", [var owner, var type]) => Record(owner, Type(type).Code, RecordClass.None),
        ("yxrrset", [var owner, var type, .. var data]) => Record(owner, Type(type).Code, RecordClass.Internet, 0, Data(type, data)),
        _ => throw new ArgumentException(what),
    };

    private static ResourceRecord Update(string what, string[] words) => (what, words) switch
    {
        ("add", [var owner, var ttl, var type, .. var data]) => Record(owner, Type(type).Code, RecordClass.Internet, uint.Parse(ttl, CultureInfo.InvariantCulture), Data(type, data)),
        ("delete", [var owner]) => Record(owner, QueryTypes.Any, RecordClass.Any),
        ("delete", [var owner, var type]) => Record(owner, Type(type).Code, RecordClass.Any),
        ("delete", [var owner, var type, .. var data]) => Record(owner, Type(type).Code, RecordClass.None, 0, Data(type, data)),
        _ => throw new ArgumentException(what),
    };

    public static ResourceRecord Record(string owner, ushort type, RecordClass recordClass, uint ttl = 0, byte[]? data = null) =>
        new(ZoneText.Name(owner, Origin), type, recordClass, new(ttl), new(data));

    private static byte[] Data(string type, string[] words) => ZoneText.Rdata(Type(type), string.Join(' ', words), Origin);

    private static RrType Type(string word) => RrTypes.TryParse(word, out var type) ? type : throw new ArgumentException(word);
}
