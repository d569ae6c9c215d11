namespace Riad.Net;

/// <summary>How octets travel between two hosts. The default is perfect: at once, in order, nothing lost.</summary>
/// <param name="Latency">One way.</param>
/// <param name="Jitter">Up to so much longer, evenly spread, for each datagram by itself: that is how they overtake each other.</param>
/// <param name="Loss">0 to 1, the part of datagrams that vanish. Streams lose nothing, but with 1 the link is cut for them too.</param>
/// <param name="Duplication">0 to 1, the part of datagrams that arrive twice.</param>
/// <param name="DatagramOctets">The longest datagram that passes; longer ones are refused to the sender. 0: any.</param>
public readonly record struct MemoryLink(TimeSpan Latency, TimeSpan Jitter, double Loss, double Duplication, int DatagramOctets)
{
    /// <summary>A link that only takes time.</summary>
    public static MemoryLink Delayed(TimeSpan latency) => new(latency, TimeSpan.Zero, 0, 0, 0);

    /// <summary>Nothing passes.</summary>
    public static MemoryLink Cut { get; } = new(TimeSpan.Zero, TimeSpan.Zero, 1, 0, 0);

    internal bool IsCut => Loss >= 1;
}
