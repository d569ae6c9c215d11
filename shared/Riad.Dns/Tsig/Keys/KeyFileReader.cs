using System.Diagnostics.CodeAnalysis;
using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Tsig.Keys;

/// <summary>Reads a file of keys: one <c>NAME:ALGORITHM:SECRET</c> a line, BIND's <c>key "NAME" { algorithm A; secret "S"; };</c>, or both in turn.</summary>
/// <remarks>
/// Comments are BIND's: <c>#</c> and <c>//</c> to the end of the line, <c>/* */</c>. A file with one fault is refused
/// whole, so that a mistake never takes rights away unseen.
/// </remarks>
public static class KeyFileReader
{
    /// <summary>The most errors that are told at once.</summary>
    public const int MaxErrors = 20;

    /// <summary>Reads a whole file.</summary>
    /// <param name="file">For positions, as a person would write it.</param>
    /// <param name="text">UTF-8.</param>
    /// <param name="allowSha1">Whether keys for HMAC-SHA1 are taken.</param>
    /// <param name="keys">Null when there is an error.</param>
    /// <param name="errors">In file order; empty on success.</param>
    public static bool TryRead(string file, ReadOnlySpan<byte> text, bool allowSha1, [NotNullWhen(true)] out TsigKeys? keys, out Seq<KeyError> errors)
    {
        var read = new List<TsigKey>();
        var words = new KeyWords(file, text);
        while (!words.IsFull && words.MoveNext())
        {
            var key = words.IsPlain("key"u8) ? ReadStatement(ref words, allowSha1) : ReadLine(ref words, allowSha1);
            if (key is null)
                continue;
            if (read.Exists(other => other.Name == key.Name))
                words.Fail(KeyFault.NameTaken, Show(key.Name));
            read.Add(key);
        }
        errors = words.Errors.ToSeq();
        keys = errors.Count == 0 ? TsigKeys.Create(read) : null;
        return keys is not null;
    }

    private static TsigKey? ReadLine(ref KeyWords words, bool allowSha1)
    {
        var word = words.Word;
        var first = word.IndexOf((byte)':');
        var second = first < 0 ? -1 : word[(first + 1)..].IndexOf((byte)':');
        var key = second < 0
            ? words.Fail(KeyFault.KeyExpected, "")
            : Make(ref words, word[..first], word.Slice(first + 1, second), word[(first + second + 2)..], allowSha1);
        if (!words.HasMoreOnLine)
            return key;
        if (key is not null && words.MoveNext())
            words.Fail(KeyFault.EndExpected, "");
        words.SkipLine();
        return null;
    }

    private static TsigKey? ReadStatement(ref KeyWords words, bool allowSha1)
    {
        var start = words.Start;
        ReadOnlySpan<byte> algorithm = default, secret = default;
        if (!words.MoveNext() || words.IsSign || !words.TryTake((byte)'{', out var name))
            return words.FailStatement(start);
        var clauses = 0;
        while (words.MoveNext() && !words.Is((byte)'}'))
        {
            var clause = words.Word;
            if (words.IsSign || !words.MoveNext() || words.IsSign || !words.TryTake((byte)';', out var value))
                return words.FailStatement(start);
            clauses++;
            if (clause.SequenceEqual("algorithm"u8))
                algorithm = value;
            else if (clause.SequenceEqual("secret"u8))
                secret = value;
            else
                words.Fail(KeyFault.UnknownClause, Excerpt.Of(clause));
        }
        if (!words.Is((byte)'}') || !words.MoveNext() || !words.Is((byte)';'))
            return words.FailStatement(start);
        words.PointTo(start);
        return clauses == 2 && !algorithm.IsEmpty && !secret.IsEmpty
            ? Make(ref words, name, algorithm, secret, allowSha1)
            : words.Fail(KeyFault.ClauseMissing, Excerpt.Of(name));
    }

    private static TsigKey? Make(ref KeyWords words, ReadOnlySpan<byte> name, ReadOnlySpan<byte> algorithm, ReadOnlySpan<byte> secret, bool allowSha1)
    {
        if (!DomainName.TryParse(name, DomainName.Root, out var keyName, out _) || keyName.IsRoot)
            return words.Fail(KeyFault.NameMalformed, Excerpt.Of(name));
        if (!TsigAlgorithm.TryParse(algorithm, out var known))
            return words.Fail(KeyFault.UnknownAlgorithm, Excerpt.Of(algorithm));
        if (known == TsigAlgorithm.HmacSha1 && !allowSha1)
            return words.Fail(KeyFault.Sha1NotAllowed, Show(keyName));
        return TsigSecret.TryParse(secret, out var octets) ? new(keyName, known, octets) : words.Fail(KeyFault.SecretMalformed, Show(keyName));
    }

    private static string Show(DomainName name) => name.ToStringWithoutFinalDot();
}
