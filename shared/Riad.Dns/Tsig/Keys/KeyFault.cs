namespace Riad.Dns.Tsig.Keys;

/// <summary>What can be wrong with a file of keys.</summary>
public enum KeyFault
{
    /// <summary>Neither NAME:ALGORITHM:SECRET nor a key statement.</summary>
    KeyExpected,

    /// <summary>The key's name is no domain name.</summary>
    NameMalformed,

    /// <summary>The algorithm is not one of ours.</summary>
    UnknownAlgorithm,

    /// <summary>HMAC-SHA1, where it is not allowed.</summary>
    Sha1NotAllowed,

    /// <summary>The secret is not base64, empty, or longer than 512 octets.</summary>
    SecretMalformed,

    /// <summary>Another key has the same name.</summary>
    NameTaken,

    /// <summary>Something stands behind a key on its line.</summary>
    EndExpected,

    /// <summary>A key statement lacks a brace, a semicolon, or the value of a clause.</summary>
    StatementMalformed,

    /// <summary>A key statement has a clause other than algorithm and secret.</summary>
    UnknownClause,

    /// <summary>A key statement has no algorithm, or no secret.</summary>
    ClauseMissing,

    /// <summary>Quotes, a comment or a statement are still open at the end of the file.</summary>
    FileEndsEarly,

    /// <summary>A record of a _keys file is not DNSKEY, or cannot be read.</summary>
    RecordMalformed,

    /// <summary>A DNSKEY record's protocol is not 3, as it is for keys.</summary>
    ProtocolNotThree,

    /// <summary>A name in X._keys lies outside of X.</summary>
    NameOutside,

    /// <summary>A key of the same name is in a file outside of the repository, which counts.</summary>
    Shadowed,

    /// <summary>The secret has fewer than 16 octets.</summary>
    SecretShort,
}
