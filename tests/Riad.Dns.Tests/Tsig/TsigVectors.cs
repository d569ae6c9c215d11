using System.Text;
using Riad.Dns.Names;
using Riad.Dns.Tsig;

namespace Riad.Dns.Tests.Tsig;

/// <summary>Messages that BIND's and Knot's tools wrote, and some made by hand: see Vectors/tsig.txt.</summary>
internal static class TsigVectors
{
    /// <summary>When the vectors were made, within the fudge.</summary>
    public const long Time = 1795269274;

    private static readonly List<(string Label, byte[] Octets)> Messages =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors", "tsig.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' '))
            .Select(words => (words[0], Convert.FromHexString(words[1]))),
    ];

    public static byte[] Message(string label) => [.. Messages.Single(message => message.Label == label).Octets];

    public static IReadOnlyList<byte[]> All(string label) => [.. Messages.Where(message => message.Label == label).Select(message => message.Octets)];

    public static TsigKey Key(TsigAlgorithm? algorithm = null, string name = "key.example", string secret = "0123456789abcdef0123456789abcdef") =>
        new(Name(name), algorithm ?? TsigAlgorithm.HmacSha256, TsigSecret.TryCreate(Encoding.ASCII.GetBytes(secret), out var octets) ? octets : throw new ArgumentException(secret, nameof(secret)));

    public static TsigKeys Keys(TsigAlgorithm? algorithm = null) => TsigKeys.Create([Key(algorithm)]);

    public static TsigAlgorithm Algorithm(string mnemonic) =>
        TsigAlgorithm.TryParse(Encoding.ASCII.GetBytes(mnemonic), out var algorithm) ? algorithm : throw new ArgumentException(mnemonic, nameof(mnemonic));

    public static DomainName Name(string text) => DomainName.TryParseAbsolute(text, out var name) ? name : throw new ArgumentException(text, nameof(text));
}
