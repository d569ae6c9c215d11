using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Riad.Host;

/// <summary>What each part of an appliance says about itself, and what follows for the whole.</summary>
/// <param name="Findings">Only parts that have something to say, sorted by name.</param>
public sealed record HealthReport(ImmutableSortedDictionary<string, HealthFinding> Findings)
{
    /// <summary>Nothing is wrong.</summary>
    public static readonly HealthReport Fine = new(ImmutableSortedDictionary.Create<string, HealthFinding>(StringComparer.Ordinal));

    /// <summary>The worst of the parts.</summary>
    public HealthStatus Status => Findings.IsEmpty ? HealthStatus.Ok : Findings.Values.Max(finding => finding.Status);

    /// <summary>200, or 503 while nothing can be served.</summary>
    public int HttpStatus => Status is HealthStatus.Unavailable ? 503 : 200;

    /// <summary>The report after a part has spoken; its last word counts.</summary>
    public HealthReport With(string part, HealthFinding finding) =>
        new(finding.Status is HealthStatus.Ok ? Findings.Remove(part) : Findings.SetItem(part, finding));

    /// <summary>For people: the status, then a line for each part with something to say.</summary>
    public string ToText()
    {
        var text = new StringBuilder(Word(Status)).Append('\n');
        foreach (var (part, finding) in Findings)
            text.Append(part).Append(": ").Append(OneLine.Escape(finding.Reason)).Append('\n');
        return text.ToString();
    }

    /// <summary>For programs: <c>{"status":"degraded","reasons":[{"part":"zones","status":"degraded","reason":"..."}]}</c>.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("status", Word(Status));
            json.WriteStartArray("reasons");
            foreach (var (part, finding) in Findings)
            {
                json.WriteStartObject();
                json.WriteString("part", part);
                json.WriteString("status", Word(finding.Status));
                json.WriteString("reason", finding.Reason);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Ok => "ok",
        HealthStatus.Degraded => "degraded",
        HealthStatus.Unavailable => "unavailable",
    };
}
