using Riad.Core;
using Riad.Dns.Names;

namespace Riad.Dns.Records;

/// <summary>How a service is reached; also HTTPS.</summary>
/// <param name="Priority">0 makes the record an alias; otherwise the lowest is tried first.</param>
/// <param name="Target">A host; the root stands for the owner, or for "no service" in an alias.</param>
/// <param name="Parameters">Keys ascend, none twice.</param>
/// <remarks>
/// <code>
/// SvcPriority  16 bits
/// TargetName   name, never compressed
/// SvcParams    to the end: key 16 bits, length 16 bits, value; and so on
/// </code>
/// Source: RFC 9460 §2.2.
/// </remarks>
public sealed record Svcb(ushort Priority, DomainName Target, Seq<ServiceParameter> Parameters)
{
    internal static readonly RdataShape Shape = new(RdataField.Number16, RdataField.Name, RdataField.ServiceParameters);

    internal static readonly RdataCodec<Svcb> Codec = new(Read, static (svcb, ref writer) => svcb.Write(ref writer));

    private static Svcb Read(ref WireReader reader)
    {
        var (priority, target) = (reader.ReadUInt16(), DomainName.Read(ref reader));
        var parameters = new List<ServiceParameter>();
        while (reader is { Remaining: > 0, Failed: false })
            parameters.Add(ServiceParameter.Read(ref reader));
        return new(priority, target, parameters.ToSeq());
    }

    private void Write(ref WireWriter writer)
    {
        writer.WriteUInt16(Priority);
        Target.Write(ref writer);
        foreach (var parameter in Parameters)
            parameter.Write(ref writer);
    }
}
