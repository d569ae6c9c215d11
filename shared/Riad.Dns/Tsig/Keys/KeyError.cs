using Riad.Core;

namespace Riad.Dns.Tsig.Keys;

/// <summary>What is wrong with a file of keys, where, and what to write instead. It never shows a secret.</summary>
/// <param name="At">The word at fault.</param>
/// <param name="Fault">Which fault.</param>
/// <param name="Subject">A name or an algorithm, fit to be shown; empty where there is none to show.</param>
public sealed record KeyError(TextPosition At, KeyFault Fault, string Subject)
{
    /// <summary>As compilers print it.</summary>
    public override string ToString() => $"{At}: {Describe()}";

    private string Describe() => Fault switch
    {
        KeyFault.KeyExpected => "this is no key; write NAME:ALGORITHM:SECRET, such as host7._update.example.org:hmac-sha256:BASE64, or BIND's key statement",
        KeyFault.NameMalformed => $"'{Subject}' is not a domain name; write a key's name such as host7._update.example.org",
        KeyFault.UnknownAlgorithm => $"'{Subject}' is not an algorithm that is known here; write hmac-sha256, hmac-sha224, hmac-sha384 or hmac-sha512",
        KeyFault.Sha1NotAllowed => $"key {Subject} is for hmac-sha1, which is off; make a new key for hmac-sha256, or allow it with --allow-sha1",
        KeyFault.SecretMalformed => $"the secret of key {Subject} is not base64 of 1 to 512 octets; write it with its final '=' signs and without blanks",
        KeyFault.NameTaken => $"there is another key with the name {Subject}; keep one of them",
        KeyFault.EndExpected => "something stands behind the key; write one key a line, and comments behind '#'",
        KeyFault.StatementMalformed => "this is no key statement; write key \"NAME\" { algorithm hmac-sha256; secret \"BASE64\"; };",
        KeyFault.UnknownClause => $"a key statement has no clause '{Subject}'; write algorithm and secret",
        KeyFault.ClauseMissing => $"the statement of key {Subject} lacks its algorithm or its secret, or has one of them twice",
        KeyFault.FileEndsEarly => "the file ends inside of quotes, a comment or a key statement that begins here; close it",
        KeyFault.RecordMalformed => "this is no record of a key; write NAME. DNSKEY 0 3 163 BASE64",
        KeyFault.ProtocolNotThree => $"the record of key {Subject} has another protocol than 3; write NAME. DNSKEY 0 3 163 BASE64",
        KeyFault.NameOutside => $"key {Subject} lies outside of the domain that the file is for; names are absolute here: move it to the file _keys, or write its whole name",
        KeyFault.Shadowed => $"key {Subject} is ignored here: the file given with --keys has another one of this name",
        KeyFault.SecretShort => $"the secret of key {Subject} has fewer than 16 octets, so that it may be guessed; make a new one with 'key generate'",
    };
}
