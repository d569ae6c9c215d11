using Riad.Core;

namespace Riad.Dns.Records;

/// <summary>A host's kind and system; also the answer to ANY (RFC 8482).</summary>
/// <param name="Cpu">The machine.</param>
/// <param name="OperatingSystem">Its system.</param>
/// <remarks>
/// <code>
/// CPU          character string
/// OS           character string
/// </code>
/// Source: RFC 1035 §3.3.2.
/// </remarks>
public sealed record Hinfo(CharacterString Cpu, CharacterString OperatingSystem)
{
    internal static readonly RdataShape Shape = new(RdataField.CharacterString, RdataField.CharacterString);

    internal static readonly RdataCodec<Hinfo> Codec = new(Read, static (hinfo, ref writer) => hinfo.Write(ref writer));

    private static Hinfo Read(ref WireReader reader) => new(CharacterString.Read(ref reader), CharacterString.Read(ref reader));

    private void Write(ref WireWriter writer)
    {
        Cpu.Write(ref writer);
        OperatingSystem.Write(ref writer);
    }
}
