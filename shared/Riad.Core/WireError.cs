namespace Riad.Core;

/// <summary>Where and why octets could not be read.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Offset">Octets from the start of the message.</param>
public readonly record struct WireError(WireFault Fault, int Offset)
{
    /// <inheritdoc/>
    public override string ToString() => $"offset {Offset}: {Fault}";
}
