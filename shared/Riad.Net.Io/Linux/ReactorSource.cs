namespace Riad.Net.Io.Linux;

/// <summary>What a <see cref="Reactor"/> calls when its descriptor is ready.</summary>
internal abstract class ReactorSource
{
    /// <summary>Where the reactor keeps it.</summary>
    internal int Slot { get; set; }

    /// <summary>Tells it from an earlier holder of its slot, whose events may still be on their way.</summary>
    internal uint Generation { get; set; }

    internal ulong Key => (uint)Slot | (ulong)Generation << 32;

    /// <summary>Called on the reactor's thread. Must not throw and must not block.</summary>
    internal abstract void OnReady(uint events);
}
