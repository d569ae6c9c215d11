namespace Riad.Dns.Tsig.Keys;

/// <summary>A key as files of ours and of other programs have it. All of it shows the secret.</summary>
public static class KeyText
{
    /// <summary>A line of a file of keys.</summary>
    public static string Line(TsigKey key) => $"{Name(key)}:{key.Algorithm}:{key.Secret.RevealBase64()}";

    /// <summary>A line of a _keys file.</summary>
    public static string Record(TsigKey key) => $"{key.Name} DNSKEY 0 3 {key.Algorithm.Number} {key.Secret.RevealBase64()}";

    /// <summary>A statement of named.conf, and of a file for <c>nsupdate -k</c>.</summary>
    public static string Bind(TsigKey key) => $"key \"{Name(key)}\" {{ algorithm {key.Algorithm}; secret \"{key.Secret.RevealBase64()}\"; }};";

    /// <summary>A part of knot.conf.</summary>
    public static string Knot(TsigKey key) =>
        $"""
        key:
          - id: {Name(key)}
            algorithm: {key.Algorithm}
            secret: {key.Secret.RevealBase64()}
        """;

    /// <summary>A part of nsd.conf.</summary>
    public static string Nsd(TsigKey key) =>
        $"""
        key:
          name: "{Name(key)}"
          algorithm: {key.Algorithm}
          secret: "{key.Secret.RevealBase64()}"
        """;

    private static string Name(TsigKey key) => key.Name.ToStringWithoutFinalDot();
}
