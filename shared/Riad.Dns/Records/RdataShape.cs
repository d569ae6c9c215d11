using System.Collections.Immutable;

namespace Riad.Dns.Records;

/// <summary>The fields of a type's record data, in order.</summary>
/// <remarks>
/// One table serves reading text, printing, validating octets, compressing and canonical form, so a type states its
/// layout once. A type's class adds only what the fields mean.
/// </remarks>
public sealed class RdataShape
{
    /// <summary>The shape of a type that we know nothing of.</summary>
    public static readonly RdataShape Opaque = new(RdataField.Opaque);

    /// <summary>A shape of these fields.</summary>
    public RdataShape(params ReadOnlySpan<RdataField> fields)
    {
        Fields = [.. fields];
        NameCount = Fields.Count(Records.Fields.NameField.IsName);
    }

    /// <summary>In the order of the wire. A field that goes to the end comes last.</summary>
    public ImmutableArray<RdataField> Fields { get; }

    /// <summary>How many fields are names.</summary>
    public int NameCount { get; }

    /// <summary>True when a field is a name.</summary>
    public bool HasNames => NameCount > 0;
}
