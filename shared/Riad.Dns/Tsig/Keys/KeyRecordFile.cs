using System.Globalization;
using Riad.Core;
using Riad.Dns.MasterFiles;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.Tsig.Keys;

/// <summary>What a _keys file holds: keys as DNSKEY records, <c>NAME. DNSKEY 0 3 163 BASE64</c>.</summary>
/// <param name="Keys">Each with its place, in file order; a name that stands there twice is not among them.</param>
/// <param name="Errors">What was left out and why, in file order, at most 20.</param>
/// <remarks>
/// The algorithm's number is 161 for HMAC-SHA1, 162 SHA224, 163 SHA256, 164 SHA384, 165 SHA512. Names are absolute, also
/// without a final dot, unless $ORIGIN says otherwise. What cannot be read is left out; the rest counts.
/// </remarks>
public sealed record KeyRecordFile(Seq<(TsigKey Key, TextPosition At)> Keys, Seq<KeyError> Errors)
{
    private const int MaxErrors = 20;
    private const int DataWords = 4; // flags, protocol, algorithm, and at least one of the secret

    /// <summary>Reads a file. It is never refused whole.</summary>
    /// <param name="file">For positions.</param>
    /// <param name="text">UTF-8.</param>
    /// <param name="scope">Names outside of it are left out; the root for <c>_keys</c>, X for <c>X._keys</c>.</param>
    /// <param name="allowSha1">Whether keys for HMAC-SHA1 are taken.</param>
    public static KeyRecordFile Read(string file, ReadOnlySpan<byte> text, DomainName scope, bool allowSha1)
    {
        var source = new MasterSource(file, text);
        var (origin, owner) = (DomainName.Root, (DomainName?)null);
        var (keys, errors) = (new List<(TsigKey Key, TextPosition At)>(), new List<KeyError>());
        var scanner = new MasterFileScanner(text);
        while (errors.Count < MaxErrors && scanner.MoveNext())
        {
            if (scanner.Fault is not ScanFault.None)
            {
                errors.Add(new(source.PositionOf(scanner.FaultAt), KeyFault.RecordMalformed, ""));
                continue;
            }
            var at = source.PositionOf(scanner.Tokens[0].Start);
            if (source.Word(scanner.Tokens[0]) is [(byte)'$', ..])
            {
                if (!TryReadDirective(source, scanner.Tokens, ref origin))
                    errors.Add(new(at, KeyFault.RecordMalformed, ""));
                continue;
            }
            var first = scanner.IsIndented ? 0 : 1;
            if (first == 1)
                owner = ReadName(source.Word(scanner.Tokens[0]), origin);
            var (fault, subject, key) = ReadKey(source, scanner.Tokens, first, owner, scope, allowSha1);
            if (key is not null)
                keys.Add((key, at));
            else
                errors.Add(new(at, fault, subject));
        }
        foreach (var twins in keys.GroupBy(entry => entry.Key.Name).Where(group => group.Count() > 1).ToList())
        {
            errors.Add(new(twins.ElementAt(1).At, KeyFault.NameTaken, Show(twins.Key)));
            keys.RemoveAll(entry => entry.Key.Name == twins.Key);
        }
        return new(keys.ToSeq(), errors.OrderBy(error => error.At.Line).Take(MaxErrors).ToSeq());
    }

    private static bool TryReadDirective(in MasterSource source, ReadOnlySpan<MasterToken> tokens, ref DomainName origin)
    {
        if (tokens.Length != 2)
            return false;
        var word = source.Word(tokens[0]);
        if (System.Text.Ascii.EqualsIgnoreCase(word, "$TTL"u8))
            return true;
        if (!System.Text.Ascii.EqualsIgnoreCase(word, "$ORIGIN"u8) || ReadName(source.Word(tokens[1]), origin) is not { } name)
            return false;
        origin = name;
        return true;
    }

    private static (KeyFault Fault, string Subject, TsigKey? Key) ReadKey(
        in MasterSource source, ReadOnlySpan<MasterToken> tokens, int first, DomainName? owner, DomainName scope, bool allowSha1)
    {
        if (owner is null || owner.IsRoot)
            return (KeyFault.NameMalformed, first == 1 ? Excerpt.Of(source.Word(tokens[0])) : "", null);
        if (!RecordHead.TryParse(source.Text, tokens, first, out var head, out _, out _)
            || !RrTypes.TryParse(source.Word(tokens[head.Type]), out var type) || type != RrTypes.Dnskey || tokens.Length - head.Type - 1 < DataWords)
            return (KeyFault.RecordMalformed, "", null);
        var data = tokens[(head.Type + 1)..];
        if (!source.Word(data[1]).SequenceEqual("3"u8))
            return (KeyFault.ProtocolNotThree, Show(owner), null);
        if (!byte.TryParse(source.Word(data[2]), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !TsigAlgorithm.TryFromNumber(number, out var algorithm))
            return (KeyFault.UnknownAlgorithm, Excerpt.Of(source.Word(data[2])), null);
        if (algorithm == TsigAlgorithm.HmacSha1 && !allowSha1)
            return (KeyFault.Sha1NotAllowed, Show(owner), null);
        if (!owner.IsAtOrBelow(scope))
            return (KeyFault.NameOutside, Show(owner), null);
        var base64 = new List<byte>();
        foreach (var token in data[3..])
            base64.AddRange(source.Word(token));
        return TsigSecret.TryParse(base64.ToArray(), out var secret)
            ? (default, "", new(owner, algorithm, secret))
            : (KeyFault.SecretMalformed, Show(owner), null);
    }

    private static DomainName? ReadName(ReadOnlySpan<byte> word, DomainName origin) => word is [(byte)'@']
        ? origin
        : DomainName.TryParse(word, origin, out var name, out _) ? name : null;

    private static string Show(DomainName name) => name.ToStringWithoutFinalDot();
}
