namespace Riad.Core;

/// <summary>Why octets could not be read.</summary>
public enum WireFault
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>The octets end before the value does.</summary>
    Truncated,

    /// <summary>Octets follow where the value should have ended.</summary>
    TrailingOctets,

    /// <summary>The octets are there, but the format does not allow their value.</summary>
    Malformed,
}
