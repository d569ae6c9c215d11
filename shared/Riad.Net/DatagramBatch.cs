using Riad.Core;

namespace Riad.Net;

/// <summary>Datagrams that arrived together, each with space for its answer. Allocated once per thread and filled again and again.</summary>
/// <remarks>The octets lie in pinned arrays, so that a network may hand their addresses to the kernel once.</remarks>
public sealed class DatagramBatch
{
    // Slots of a whole power of two would all begin in the same set of the first-level cache.
    private const int SlotGapOctets = 192;

    private readonly byte[] received;
    private readonly byte[] answers;
    private readonly int receivedStride;
    private readonly int answerStride;
    private readonly int[] receivedLengths;
    private readonly int[] answerLengths;
    private readonly IpEndpoint[] sources;
    private readonly IpAddress[] locals;
    private readonly Func<int, LateAnswer> later;

    /// <summary>Space for <paramref name="capacity"/> datagrams.</summary>
    /// <param name="capacity">At least 1.</param>
    /// <param name="receivedOctets">The longest datagram that can be received.</param>
    /// <param name="answerOctets">The longest answer.</param>
    /// <param name="later">The network's way back to the sender of a datagram, by its index; null loses what is sent late.</param>
    public DatagramBatch(int capacity, int receivedOctets, int answerOctets, Func<int, LateAnswer>? later = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (Capacity, ReceivedOctets, AnswerOctets) = (capacity, receivedOctets, answerOctets);
        receivedStride = receivedOctets + SlotGapOctets;
        answerStride = answerOctets + SlotGapOctets;
        received = GC.AllocateArray<byte>(capacity * receivedStride, pinned: true);
        answers = GC.AllocateArray<byte>(capacity * answerStride, pinned: true);
        this.later = later ?? (static _ => static _ => true);
        receivedLengths = new int[capacity];
        answerLengths = new int[capacity];
        sources = new IpEndpoint[capacity];
        locals = new IpAddress[capacity];
    }

    /// <summary>The most datagrams it can hold.</summary>
    public int Capacity { get; }

    /// <summary>The longest datagram that can be received.</summary>
    public int ReceivedOctets { get; }

    /// <summary>The longest answer.</summary>
    public int AnswerOctets { get; }

    /// <summary>How many datagrams arrived. The others of <see cref="Capacity"/> hold old octets.</summary>
    public int Count { get; private set; }

    /// <summary>The octets of a datagram.</summary>
    public ReadOnlySpan<byte> Received(int index) => received.AsSpan(index * receivedStride, receivedLengths[index]);

    /// <summary>Who sent it.</summary>
    public ref readonly IpEndpoint Source(int index) => ref sources[index];

    /// <summary>The address of ours that it was sent to; the answer leaves from there.</summary>
    public ref readonly IpAddress Local(int index) => ref locals[index];

    /// <summary>Where to write the answer.</summary>
    public Span<byte> AnswerSpace(int index) => answers.AsSpan(index * answerStride, AnswerOctets);

    /// <summary>The answer as written, empty when there is none.</summary>
    public ReadOnlySpan<byte> Answer(int index) => answers.AsSpan(index * answerStride, answerLengths[index]);

    /// <summary>Says how many octets of <see cref="AnswerSpace"/> are the answer; 0 is no answer, and how every datagram starts.</summary>
    public void SetAnswer(int index, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)AnswerOctets, nameof(length));
        answerLengths[index] = length;
    }

    /// <summary>A way to answer a datagram when the batch is gone. Allocates: for what cannot be answered at once.</summary>
    public LateAnswer Later(int index) => later(index);

    /// <summary>For a network: where to receive a datagram. The address of the span never changes.</summary>
    public Span<byte> ReceiveSpace(int index) => received.AsSpan(index * receivedStride, ReceivedOctets);

    /// <summary>For a network: describes what was received into a <see cref="ReceiveSpace"/>, and forgets its earlier answer.</summary>
    public void SetReceived(int index, int length, in IpEndpoint source)
    {
        receivedLengths[index] = length;
        sources[index] = source;
        answerLengths[index] = 0;
    }

    /// <summary>For a network: the address of ours that a datagram was sent to. Stays until it is set again.</summary>
    public void SetLocal(int index, in IpAddress local) => locals[index] = local;

    /// <summary>For a network: how many datagrams arrived.</summary>
    public void SetCount(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Capacity, nameof(count));
        Count = count;
    }
}
