namespace Riad.Dns.Records;

/// <summary>Where a name stands in uncompressed record data.</summary>
/// <param name="Offset">Octets from the start of the data.</param>
/// <param name="Length">Octets, the zero octet counted.</param>
/// <param name="Field">Which kind of name.</param>
public readonly record struct NamePlace(int Offset, int Length, RdataField Field)
{
    /// <summary>True when a message may hold the name compressed.</summary>
    public bool IsCompressed => Field is RdataField.CompressedName;

    /// <summary>True when canonical form has the name in lower case.</summary>
    public bool IsFolded => Field is not RdataField.Name;
}
