using System.Text;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Tests.Records;

/// <summary>Record data between a line of text and octets, for tests.</summary>
internal static class RecordText
{
    public static RrType Type(string text) => RrTypes.TryParse(text, out var type) ? type : throw new ArgumentException(text, nameof(text));

    public static bool TryParse(RrType type, string line, string? origin, out byte[] rdata, out RdataError error)
    {
        var text = Encoding.UTF8.GetBytes(line);
        var originWire = origin is not null && DomainName.TryParseAbsolute(origin, out var name) ? name.Wire : default;
        var buffer = new byte[65535];
        var good = RdataText.TryParse(type, text, Tokens(text), originWire, buffer, out var length, out error);
        rdata = buffer[..length];
        return good;
    }

    public static string Print(RrType type, ReadOnlySpan<byte> rdata)
    {
        var output = new StringBuilder();
        RdataText.Print(type, rdata, output);
        return output.ToString();
    }

    /// <summary>Words between blanks; a quote opens a word, or goes on in it behind an equals sign.</summary>
    public static MasterToken[] Tokens(ReadOnlySpan<byte> text)
    {
        var tokens = new List<MasterToken>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }
            var (start, quoted, inQuotes) = (at, text[at] == '"', false);
            for (; at < text.Length && (inQuotes || text[at] != ' '); at++)
            {
                if (text[at] == '\\')
                    at++;
                else if (text[at] == '"')
                    inQuotes = !inQuotes;
            }
            at = Math.Min(at, text.Length);
            tokens.Add(quoted ? new(start + 1, Math.Max(at - start - 2, 0), Quoted: true) : new(start, at - start, Quoted: false));
        }
        return [.. tokens];
    }
}
