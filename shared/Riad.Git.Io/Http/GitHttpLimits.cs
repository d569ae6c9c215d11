namespace Riad.Git.Io.Http;

/// <summary>How much of the process git clients can hold.</summary>
public sealed record GitHttpLimits
{
    /// <summary>The usual limits.</summary>
    public static readonly GitHttpLimits Usual = new();

    /// <summary>Octets of the part of a push that is pkt-lines, unpacked: refs and options.</summary>
    public long MaxLinesOctets { get; init; } = 16 << 20;

    /// <summary>Octets of the request of a clone or fetch, unpacked: 40,000 refs that are wanted, or commits that the client has.</summary>
    public long MaxUploadLinesOctets { get; init; } = 2 << 20;

    /// <summary>How long a client may take to send the request of a clone or fetch, of which it has all when it begins.</summary>
    public TimeSpan UploadLinesTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Clones and fetches whose requests are held in memory at a time, those that wait for their turn included.</summary>
    public int MaxUploadRequests { get; init; } = 128;

    /// <summary>Octets of a pushed pack, after a compressed body is unpacked.</summary>
    public long MaxPackOctets { get; init; } = 1L << 30;

    /// <summary>Octets that are read and thrown away after a push is refused, so that the client reads why.</summary>
    public long MaxDiscardedOctets { get; init; } = 4L << 30;

    /// <summary>Clones and fetches that are answered at a time.</summary>
    public int MaxUploads { get; init; } = 16;

    /// <summary>Pushes at a time, those included that are still sending.</summary>
    public int MaxPushes { get; init; } = 4;

    /// <summary>How long a client waits for its turn before it is told to come back.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Octets per second that a client has to take of a pack on average, once <see cref="UploadGrace"/> is over.</summary>
    public double LeastUploadRate { get; init; } = 4096;

    /// <summary>How long a client may take nothing of a pack.</summary>
    public TimeSpan UploadGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Octets per second that a pushing client has to send on average, once <see cref="PushGrace"/> is over.</summary>
    public double LeastPushRate { get; init; } = 1024;

    /// <summary>How long a pushing client may send nothing: it may still be packing.</summary>
    public TimeSpan PushGrace { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>After this long without a word, the client is sent a sign that somebody is there.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(5);
}
