using System.Buffers;
using System.Buffers.Binary;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Riad.Core;
using Riad.Dns.Secondary;
using Riad.Dns.Tsig;
using Riad.Net;

namespace Riad.Dns.Io.Transfers;

/// <summary>Asks primaries over TCP, or over TLS with their names verified. One connection a question; a second one, without EDNS, where the first answer says that EDNS may be the trouble. Decides nothing.</summary>
/// <remarks>Over TLS: version 1.3, ALPN "dot", and the certificate must carry the primary's name. Source: RFC 9103 §7, §9.</remarks>
public sealed class PrimaryClient(INetwork network, PrimaryClientOptions options, TimeProvider clock, IRandom random)
{
    private const int PrefixOctets = 2;
    private const int BufferOctets = 2 * (PrefixOctets + ushort.MaxValue); // a whole message, and what came with it

    private static readonly SslApplicationProtocol DnsOverTls = new("dot");

    /// <summary>Asks one question and reads the whole answer.</summary>
    /// <param name="ask">Whom, and for what.</param>
    /// <param name="key">What signs; null for nothing.</param>
    /// <param name="stop">Ends the attempt.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<AttemptResult> AskAsync(SecondaryOutput.Ask ask, TsigKey? key, CancellationToken stop)
    {
        var result = await AskAsync(ask, key, asksExpire: true, stop);
        return result is AttemptResult.Failed { Failure.MayBeForEdns: true } ? await AskAsync(ask, key, asksExpire: false, stop) : result;
    }

    private async Task<AttemptResult> AskAsync(SecondaryOutput.Ask ask, TsigKey? key, bool asksExpire, CancellationToken stop)
    {
        try
        {
            using var connecting = new Deadline(clock, options.ConnectLimit, options.ConnectLimit, stop);
            await using var flow = await network.ConnectTcpAsync(ask.Primary.Endpoint, connecting.Token);
            if (ask.Primary.TlsName is not { } name)
                return await ConverseAsync(flow, ask, key, asksExpire, stop);
            await using var tls = new SslStream(flow, leaveInnerStreamOpen: true);
            await tls.AuthenticateAsClientAsync(TlsOptions(name), connecting.Token);
            return await ConverseAsync(tls, ask, key, asksExpire, stop);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new AttemptResult.Failed(new RefreshFailure.TimedOut());
        }
        catch (AuthenticationException exception)
        {
            return new AttemptResult.Failed(new RefreshFailure.NotTrusted($"TLS with {ask.Primary.TlsName} failed: {exception.Message.TrimEnd('.')}"));
        }
        catch (NetworkException exception) when (exception.Fault is not NetworkFault.Reset)
        {
            return new AttemptResult.Failed(new RefreshFailure.Unreachable(exception.Message));
        }
        catch (IOException)
        {
            return new AttemptResult.Failed(new RefreshFailure.ClosedEarly());
        }
    }

    private async Task<AttemptResult> ConverseAsync(Stream stream, SecondaryOutput.Ask ask, TsigKey? key, bool asksExpire, CancellationToken stop)
    {
        using var deadline = new Deadline(clock, options.TransferLimit, options.MessageLimit, stop);
        using var dialogue = new PrimaryDialogue(ask.Apex, ask.Step, ask.Present, key, NewId(), options.Transfer, asksExpire);
        var question = dialogue.Ask(UnixSeconds);
        await stream.WriteAsync((byte[])[(byte)(question.Length >> 8), (byte)question.Length, .. question], deadline.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferOctets);
        try
        {
            return await ReadAsync(stream, dialogue, buffer, deadline);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<AttemptResult> ReadAsync(Stream stream, PrimaryDialogue dialogue, byte[] buffer, Deadline deadline)
    {
        for (var (start, end) = (0, 0); ;)
        {
            while (TryFindMessage(buffer.AsMemory(start, end - start), out var message))
            {
                start += PrefixOctets + message.Length;
                if (dialogue.Take(message.Span, UnixSeconds) is { } result)
                    return result;
                deadline.Next();
            }
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            var count = await stream.ReadAsync(buffer.AsMemory(end), deadline.Token);
            if (count == 0)
                return new AttemptResult.Failed(new RefreshFailure.ClosedEarly());
            end += count;
        }
    }

    private static bool TryFindMessage(ReadOnlyMemory<byte> received, out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (received.Length < PrefixOctets)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(received.Span);
        if (received.Length < PrefixOctets + length)
            return false;
        message = received.Slice(PrefixOctets, length);
        return true;
    }

    private SslClientAuthenticationOptions TlsOptions(string name)
    {
        var policy = options.Authorities is null ? null : new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy?.CustomTrustStore.AddRange(options.Authorities!);
        return new()
        {
            TargetHost = name,
            EnabledSslProtocols = SslProtocols.Tls13,
            ApplicationProtocols = [DnsOverTls],
            CertificateChainPolicy = policy,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
    }

    private ushort NewId()
    {
        Span<byte> octets = stackalloc byte[2];
        random.Fill(octets);
        return BinaryPrimitives.ReadUInt16BigEndian(octets);
    }

    private long UnixSeconds => clock.GetUtcNow().ToUnixTimeSeconds();
}
