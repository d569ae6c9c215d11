using Riad.Core;
using Riad.Dns.Records;

namespace Riad.Dns.Updates;

/// <summary>Record data in the form in which equal records are equal octets.</summary>
public static class CanonicalData
{
    /// <summary>The canonical form; the same octets where the type has no names.</summary>
    /// <remarks>Source: RFC 4034 §6.2.</remarks>
    public static Octets Of(RrType type, Octets data)
    {
        if (!type.Shape.HasNames)
            return data;
        var octets = data.Span.ToArray();
        RdataWire.Canonicalize(type, octets);
        return new(octets);
    }
}
