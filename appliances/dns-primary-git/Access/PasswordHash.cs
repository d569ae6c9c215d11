using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>What is kept instead of a password: PBKDF2 with HMAC-SHA-256.</summary>
/// <remarks>Source: RFC 8018 §5.2. The cost follows OWASP's Password Storage Cheat Sheet: 600,000 iterations.</remarks>
internal sealed class PasswordHash
{
    /// <summary>How many iterations a new hash has; a tenth of a second or two.</summary>
    public const int PresentIterations = 600_000;

    /// <summary>Octets of a salt.</summary>
    public const int SaltOctets = 16;

    private const string Scheme = "pbkdf2-sha256";
    private const int HashOctets = 32;
    private const int FewestIterations = 1000;
    private const int MostIterations = 10_000_000;

    private readonly ImmutableArray<byte> salt;
    private readonly ImmutableArray<byte> hash;

    private PasswordHash(int iterations, ImmutableArray<byte> salt, ImmutableArray<byte> hash) => (Iterations, this.salt, this.hash) = (iterations, salt, hash);

    /// <summary>The cost.</summary>
    public int Iterations { get; }

    /// <summary>Hashes a password.</summary>
    /// <param name="password">Any text; hashed as UTF-8.</param>
    /// <param name="salt">Random, <see cref="SaltOctets"/> long.</param>
    /// <param name="iterations">The cost.</param>
    public static PasswordHash Create(string password, ReadOnlySpan<byte> salt, int iterations = PresentIterations) =>
        new(iterations, [.. salt], [.. Derive(password, salt, iterations)]);

    /// <summary>Reads <c>pbkdf2-sha256:ITERATIONS:SALT:HASH</c>, the last two in base64.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PasswordHash? value)
    {
        value = null;
        if (text.Split(':') is not [Scheme, var cost, var saltText, var hashText]
            || !int.TryParse(cost, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < FewestIterations or > MostIterations
            || !TryReadBase64(saltText, out var salt) || salt.Length < 4
            || !TryReadBase64(hashText, out var hash) || hash.Length != HashOctets)
            return false;
        value = new(iterations, [.. salt], [.. hash]);
        return true;
    }

    /// <summary>True when the hash was made from this password. Takes the same time for every password.</summary>
    public bool Verify(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, salt.AsSpan(), Iterations), hash.AsSpan());

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}:{Iterations}:{Convert.ToBase64String(salt.AsSpan())}:{Convert.ToBase64String(hash.AsSpan())}");

    private static byte[] Derive(string password, ReadOnlySpan<byte> salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, HashOctets);

    private static bool TryReadBase64(string text, out byte[] octets)
    {
        octets = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, octets, out var length))
            return false;
        octets = octets[..length];
        return true;
    }
}
