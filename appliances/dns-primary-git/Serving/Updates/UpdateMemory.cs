using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Tsig;

namespace Riad.DnsPrimaryGit.Serving.Updates;

/// <summary>Remembers signed updates for as long as their signature is good, so that one that comes again gets the first answer and is applied once.</summary>
/// <remarks>
/// Bounded: when it is full it forgets the oldest, and takes from then on no update of that key that was signed as early
/// as that one. Nor one that was signed before this process began, since the one before it may have answered it; of the
/// second in which it began a signature does not tell, so that second's are taken.
/// Safe for many threads. Source: RFC 2136 §3.8 with §7.8, RFC 8945 §5.2.3.
/// </remarks>
/// <param name="beganAt">When this process began, in Unix seconds.</param>
/// <param name="log">Says why an update is not taken.</param>
/// <param name="capacity">How many are remembered.</param>
internal sealed class UpdateMemory(long beganAt, ILogger log, int capacity = UpdateMemory.UsualCapacity)
{
    private const int UsualCapacity = 1 << 16;
    private const int ComparedOctets = 10; // the shortest MAC that is taken: a repetition may have its MAC cut off

    private readonly Lock access = new();
    private readonly Dictionary<Signed, Task<ResponseCode>> answers = [];
    private readonly Queue<(Signed Signed, long SignedAt, long GoodUntil)> order = [];
    private readonly Dictionary<DomainName, long> forgottenUntil = []; // by key: the number of keys bounds it

    /// <summary>The answer to this request: the first one when it came before, else what <paramref name="apply"/> gives.</summary>
    /// <param name="request">Whose signature is good.</param>
    /// <param name="unixSeconds">The present.</param>
    /// <param name="apply">Called once for each signature.</param>
    public Task<ResponseCode> AnswerOnce(TsigVerdict.Good request, long unixSeconds, Func<Task<ResponseCode>> apply)
    {
        var signed = new Signed(request.Key.Name, Shorten(request.Mac.Span));
        lock (access)
        {
            Forget(unixSeconds);
            if (answers.TryGetValue(signed, out var known))
                return known;
            if (FindObstacle(request, unixSeconds) is { } reason)
            {
                log.LogInformation("update key={Key} answer={Answer} reason={Reason}", request.Key.Name, ResponseCodeLabel.Of(ResponseCode.ServerFailure), reason);
                return Task.FromResult(ResponseCode.ServerFailure);
            }
            order.Enqueue((signed, request.Record.TimeSigned, request.GoodUntilUnixSeconds));
            return answers[signed] = apply();
        }
    }

    /// <summary>Why it may be one that is not known any more: whoever sent it signs it anew.</summary>
    private string? FindObstacle(TsigVerdict.Good request, long unixSeconds)
    {
        if (forgottenUntil.TryGetValue(request.Key.Name, out var floor) && request.Record.TimeSigned <= floor)
            return "more updates came than can be remembered, and this one may have been among them; sign it anew";
        if (request.Record.TimeSigned < beganAt && unixSeconds >= beganAt) // else the clock was set back, and says nothing of then
            return "it was signed before this server started and may have been applied then; sign it anew, and if that is of no use, the client's clock is behind";
        return null;
    }

    private void Forget(long unixSeconds)
    {
        while (order.TryPeek(out var oldest) && (oldest.GoodUntil < unixSeconds || order.Count >= capacity))
        {
            if (oldest.GoodUntil >= unixSeconds)
                forgottenUntil[oldest.Signed.Key] = Math.Max(oldest.SignedAt, forgottenUntil.GetValueOrDefault(oldest.Signed.Key, long.MinValue));
            answers.Remove(oldest.Signed);
            order.Dequeue();
        }
    }

    private static UInt128 Shorten(ReadOnlySpan<byte> mac)
    {
        Span<byte> octets = stackalloc byte[16];
        octets.Clear();
        mac[..Math.Min(mac.Length, ComparedOctets)].CopyTo(octets);
        return BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    private readonly record struct Signed(DomainName Key, UInt128 Mac);
}
