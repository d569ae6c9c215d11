using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Records;

/// <summary>A rule that rewrites a string into a name or an address.</summary>
/// <param name="Order">The lowest is worked through first.</param>
/// <param name="Preference">Among rules of one order, the lowest is preferred.</param>
/// <param name="Flags">How the rewriting goes on: S, A, U or P.</param>
/// <param name="Services">What is offered, in the application's own terms.</param>
/// <param name="Regexp">A substitution expression; empty when the replacement is used.</param>
/// <param name="Replacement">The next name; the root when the expression is used.</param>
/// <remarks>
/// <code>
/// ORDER        16 bits
/// PREFERENCE   16 bits
/// FLAGS        character string
/// SERVICES     character string
/// REGEXP       character string
/// REPLACEMENT  name, never sent compressed
/// </code>
/// Source: RFC 3403 §4.1.
/// </remarks>
public sealed record Naptr(ushort Order, ushort Preference, CharacterString Flags, CharacterString Services, CharacterString Regexp, DomainName Replacement)
{
    internal static readonly RdataShape Shape = new(
        RdataField.Number16, RdataField.Number16, RdataField.CharacterString,
        RdataField.CharacterString, RdataField.CharacterString, RdataField.ExpandedName);

    internal static readonly RdataCodec<Naptr> Codec = new(Read, static (naptr, ref writer) => naptr.Write(ref writer));

    private static Naptr Read(ref WireReader reader) => new(
        reader.ReadUInt16(), reader.ReadUInt16(), CharacterString.Read(ref reader),
        CharacterString.Read(ref reader), CharacterString.Read(ref reader), DomainName.Read(ref reader));

    private void Write(ref WireWriter writer)
    {
        writer.WriteUInt16(Order);
        writer.WriteUInt16(Preference);
        Flags.Write(ref writer);
        Services.Write(ref writer);
        Regexp.Write(ref writer);
        Replacement.Write(ref writer);
    }
}
