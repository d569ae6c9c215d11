using System.Buffers.Binary;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Tsig;

namespace Riad.DnsPrimaryGit.Serving.Updates;

/// <summary>Remembers signed updates for as long as their signature is good, so that one that comes again gets the first answer and is applied once.</summary>
/// <remarks>
/// Bounded: when it is full it forgets the oldest, and takes from then on no update of that key that was signed as early
/// as that one. Safe for many threads. Source: RFC 2136 §3.8 with §7.8, RFC 8945 §5.2.3.
/// </remarks>
internal sealed class UpdateMemory(int capacity = UpdateMemory.UsualCapacity)
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
            // It may be one that was forgotten: whoever sent it signs it anew.
            if (forgottenUntil.TryGetValue(request.Key.Name, out var floor) && request.Record.TimeSigned <= floor)
                return Task.FromResult(ResponseCode.ServerFailure);
            order.Enqueue((signed, request.Record.TimeSigned, request.GoodUntilUnixSeconds));
            return answers[signed] = apply();
        }
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
