using System.Buffers;
using System.IO.Pipelines;
using Riad.Git.Io.Http;
using Riad.Git.Protocol;
using Riad.Git.Protocol.Client;

namespace Riad.Git.Io.Remotes;

/// <summary>The pack of an answer, as a stream that can be read once.</summary>
/// <exception cref="RemoteException">While reading: the answer is faulty or ends early.</exception>
internal sealed class PackAnswerStream(PipeReader answer, bool isVersion2, Patience patience) : ReadingStream
{
    private readonly FetchAnswerReader engine = new(isVersion2);
    private readonly ArrayBufferWriter<byte> pending = new(PktLineReader.MaxLineOctets);
    private int taken;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (taken == pending.WrittenCount)
        {
            pending.ResetWrittenCount();
            taken = 0;
            if (engine.Ended)
                return Finish();
            if (!await FillAsync(cancellationToken))
                return Finish();
        }
        var count = Math.Min(buffer.Length, pending.WrittenCount - taken);
        pending.WrittenMemory.Slice(taken, count).CopyTo(buffer);
        taken += count;
        return count;
    }

    private int Finish() => engine.TryFinish(out var error) ? 0 : throw new RemoteException(error.ToString());

    // One line at a time, so that what is kept stays small.
    private async ValueTask<bool> FillAsync(CancellationToken stop)
    {
        var seen = false;
        var fault = await RequestLines.ReadAsync(answer, PktLineReader.MaxLineOctets, Step, stop);
        if (fault is not null)
            throw new RemoteException(new ClientError(ClientFault.Framing, fault.Found).ToString());
        return seen;

        bool Step(PktLineKind kind, ReadOnlySpan<byte> payload)
        {
            seen = true;
            patience.Heard();
            engine.Step(kind, payload, out var pack);
            pending.Write(pack);
            return true;
        }
    }
}
