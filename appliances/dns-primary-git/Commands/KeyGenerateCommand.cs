using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Server.Access;
using Riad.Dns.Tsig;
using Riad.Dns.Tsig.Keys;
using Riad.Host;
using Riad.Host.Settings;

namespace Riad.DnsPrimaryGit.Commands;

/// <summary><c>key generate NAME</c>: a new key, in every form that somebody may need.</summary>
internal static class KeyGenerateCommand
{
    private static readonly Setting<TsigAlgorithm> Algorithm = SettingOf.One(
        "--algorithm", "ALGORITHM", "hmac-sha224, hmac-sha256, hmac-sha384 or hmac-sha512; hmac-sha1 for old peers.", (ValueReader<TsigAlgorithm>)ReadAlgorithm, TsigAlgorithm.HmacSha256);

    private static readonly Setting<DomainName> Name = SettingOf.Argument("NAME", "The key's name, such as laptop._update.example.org.", (ValueReader<DomainName>)ReadName);

    public static ToolCommand Definition { get; } = new()
    {
        Name = "key generate",
        Summary = "Makes a TSIG key and prints it for --keys, for a _keys file, and for BIND, Knot and NSD. It is written nowhere else.",
        Settings = [Algorithm, Name],
        Examples =
        [
            "(umask 077; dns-primary-git key generate laptop._update.example.org | tee key.txt)",
            "dns-primary-git key generate 192.0.2.1.192.0.2.2._transfer.example.org --algorithm hmac-sha512",
        ],
        Run = static (tool, _) => Task.FromResult(Run(tool)),
    };

    /// <summary>What is printed.</summary>
    public static string Print(TsigKey key) =>
        $"""
        # {Describe(key.Name)}

        # For --keys FILE: a file that only dns-primary-git can read (recommended).
        {KeyText.Line(key)}

        # Or for a _keys file in the repository: whoever can read the repository has the key.
        {KeyText.Record(key)}

        # BIND: named.conf, and a file for nsupdate -k and dig -k.
        {KeyText.Bind(key)}

        # Knot DNS: knot.conf.
        {KeyText.Knot(key)}

        # NSD: nsd.conf.
        {KeyText.Nsd(key)}
        """;

    private static int Run(ToolServices tool)
    {
        var algorithm = tool.Settings.Get(Algorithm);
        Span<byte> octets = stackalloc byte[algorithm.MacLength];
        tool.Random.Fill(octets);
        if (!TsigSecret.TryCreate(octets, out var secret))
            throw new InvalidOperationException("a secret has at least one octet");
        tool.Output.WriteLine(Print(new(tool.Settings.Get(Name), algorithm, secret)));
        return ExitCode.Done;
    }

    private static string Describe(DomainName name)
    {
        var shown = name.ToStringWithoutFinalDot();
        if (!KeyNameRole.TryRead(name, out var role))
            return $"The name of this key grants nothing: give it a line in --policy FILE, such as 'key {shown} may transfer zone example.org'.";
        var what = role.Operation switch
        {
            AccessOperation.Notify => "notify",
            AccessOperation.Transfer => "transfer and notify",
            AccessOperation.Update => "update, transfer and notify",
        };
        var where = role.Zone.IsRoot ? "every zone" : $"{role.Zone.ToStringWithoutFinalDot()} and zones below it";
        return $"By its name this key may {what} {where}.{(role.Secondary is { } secondary ? $" {secondary} is told of changes." : "")}";
    }

    private static bool ReadAlgorithm(string text, [NotNullWhen(true)] out TsigAlgorithm? value, [NotNullWhen(false)] out string? instead)
    {
        instead = TsigAlgorithm.TryParse(Encoding.UTF8.GetBytes(text), out value) ? null : $"write one of {string.Join(", ", TsigAlgorithm.All)}";
        return value is not null;
    }

    private static bool ReadName(string text, [NotNullWhen(true)] out DomainName? value, [NotNullWhen(false)] out string? instead)
    {
        instead = DomainName.TryParseAbsolute(text, out value) && !value.IsRoot ? null : "write a domain name, such as laptop._update.example.org";
        return instead is null && value is not null;
    }
}
