using System.Globalization;
using System.Text;
using Riad.Core;

namespace Riad.DnsPrimaryGit.Remotes;

/// <summary>How a webhook proves that it comes from somebody who knows the secret: a closed family.</summary>
/// <remarks>Pure. Each forge has its own header; the first that is there counts, and a wrong one is not rescued by another.</remarks>
internal abstract record WebhookProof
{
    private const int MacOctets = 32;
    private const string StandardKey = "whsec_";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private WebhookProof()
    {
    }

    /// <summary>There is none, or it is malformed or too old.</summary>
    /// <param name="Reason">One sentence for who sends it.</param>
    public sealed record Absent(string Reason) : WebhookProof;

    /// <summary>The secret itself.</summary>
    /// <param name="Given">To be compared with the secret in constant time.</param>
    public sealed record Token(Octets Given) : WebhookProof;

    /// <summary>An HMAC-SHA256.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Before">What is signed before the body.</param>
    /// <param name="Macs">One of these has to be right: 32 octets each, at most 10.</param>
    public sealed record Signature(Octets Key, Octets Before, Seq<Octets> Macs) : WebhookProof;

    /// <summary>Reads the headers of a webhook.</summary>
    /// <param name="header">Gives a header, or null.</param>
    /// <param name="secret">What both sides know.</param>
    /// <param name="now">For signatures that tell their time.</param>
    /// <remarks>
    /// GitHub: X-Hub-Signature-256, <c>sha256=</c> and hexadecimal. Forgejo and Gitea: X-Forgejo-Signature, X-Gitea-Signature,
    /// hexadecimal. GitLab: webhook-signature as Standard Webhooks says, or X-Gitlab-Token, the secret itself. Everybody
    /// else: <c>Authorization: Bearer</c> and the secret.
    /// </remarks>
    public static WebhookProof Read(Func<string, string?> header, string secret, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(secret);
        if (header("X-Hub-Signature-256") is { } gitHub)
            return gitHub.StartsWith("sha256=", StringComparison.Ordinal) ? OfHexadecimal(gitHub[7..], secret) : new Absent("X-Hub-Signature-256 does not begin with sha256=");
        if ((header("X-Forgejo-Signature") ?? header("X-Gitea-Signature")) is { } forgejo)
            return OfHexadecimal(forgejo, secret);
        if (header("webhook-signature") is { } standard)
            return OfStandard(standard, header("webhook-id") ?? "", header("webhook-timestamp") ?? "", secret, now);
        if (header("X-Gitlab-Token") is { } token)
            return new Token(Of(token));
        return header("Authorization") is { } authorization && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? new Token(Of(authorization[7..].Trim()))
            : new Absent("no signature: X-Hub-Signature-256, X-Forgejo-Signature, X-Gitea-Signature, webhook-signature, X-Gitlab-Token or Authorization: Bearer is needed");
    }

    private static WebhookProof OfHexadecimal(string text, string secret)
    {
        var mac = new byte[MacOctets];
        return text.Length == 2 * MacOctets && Convert.FromHexString(text, mac, out _, out _) is System.Buffers.OperationStatus.Done
            ? new Signature(Of(secret), Of(""), [new Octets(mac)])
            : new Absent("the signature is not 64 hexadecimal digits");
    }

    // Source: Standard Webhooks, "Signature scheme".
    private static WebhookProof OfStandard(string signatures, string id, string timestamp, string secret, DateTimeOffset now)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(now.ToUnixTimeSeconds() - (double)seconds) > Tolerance.TotalSeconds)
            return new Absent("webhook-timestamp is missing, or more than five minutes from the time here");
        var key = Encoding.UTF8.GetBytes(secret);
        if (secret.StartsWith(StandardKey, StringComparison.Ordinal) && TryDecode(secret[StandardKey.Length..], out var decoded))
            key = decoded;
        var macs = new List<Octets>();
        foreach (var entry in signatures.Split(' ', 10, StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.StartsWith("v1,", StringComparison.Ordinal) && TryDecode(entry[3..], out var mac) && mac.Length == MacOctets)
                macs.Add(new(mac));
        }
        return macs.Count > 0 ? new Signature(new(key), Of($"{id}.{timestamp}."), macs.ToSeq()) : new Absent("webhook-signature holds no signature of version 1");
    }

    private static bool TryDecode(string text, out byte[] octets)
    {
        var room = new byte[text.Length];
        var isGood = Convert.TryFromBase64String(text, room, out var length);
        octets = room[..length];
        return isGood;
    }

    private static Octets Of(string text) => new(Encoding.UTF8.GetBytes(text));
}
