using System.Security.Cryptography.X509Certificates;
using Riad.Dns.Transfers.Incoming;

namespace Riad.Dns.Io.Transfers;

/// <summary>How long primaries may take, how much they may send, and whose certificates are believed.</summary>
public sealed record PrimaryClientOptions
{
    /// <summary>Until a connection stands, its TLS handshake counted.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Until the next message is whole, however slowly its octets come.</summary>
    public TimeSpan MessageLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Until the answer is complete.</summary>
    public TimeSpan TransferLimit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How much one transfer may bring.</summary>
    public TransferLimits Transfer { get; init; } = new();

    /// <summary>Whose certificates are believed over TLS; null believes whom the system believes.</summary>
    public X509Certificate2Collection? Authorities { get; init; }
}
