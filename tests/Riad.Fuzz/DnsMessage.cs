using Riad.Core;
using Riad.Dns.Messages;
using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Fuzz;

/// <summary>A message: what is read can be written, and reads as the same.</summary>
internal sealed class DnsMessage : IFuzzTarget
{
    private readonly byte[] buffer = new byte[Message.MaxLength];

    public string Name => "dns-message";

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            var owner = DomainName.TryParseAbsolute("www.example.org", out var name) ? name : DomainName.Root;
            yield return Write(Message.Query(1, owner, RrTypes.A.Code));
            yield return Write(new(2, HeaderBits.Response, Opcode.Query, ResponseCode.BadCookie, [new(owner, 255, RecordClass.Internet)],
                [
                    ResourceRecord.Create(owner, RrTypes.Mx, new(300), new Mx(10, owner)),
                    ResourceRecord.Create(owner, RrTypes.Srv, new(300), new Srv(1, 2, 3, owner)),
                    ResourceRecord.Create(owner, RrTypes.Svcb, new(300), new Svcb(1, owner, [new(ServiceKey.Port, new([0, 53]))])),
                ],
                [ResourceRecord.Create(owner, RrTypes.Soa, new(300), new Soa(owner, owner, new(1), 2, 3, 4, 5))],
                [new(DomainName.Root, QueryTypes.Tsig, RecordClass.Any, new(0), new([0, 1, 2]))],
                new(0, 1232, IsDnssecOk: true, [new EdnsOption.Nsid(default), new EdnsOption.Cookie(new(new byte[8]), new(new byte[16])), new EdnsOption.ExtendedError(ExtendedErrorCode.NotReady, "x")])));
        }
    }

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!Message.TryRead(octets, out var message, out var error))
        {
            if (error.Fault is WireFault.None || error.Offset > octets.Length)
                throw new InvalidOperationException($"no error in its place: {error}");
            return;
        }
        if (!message.TryWrite(buffer, out var length))
            return; // longer without the sender's own compression than a message may be
        if (!Message.TryRead(buffer.AsSpan(0, length), out var again, out error) || again != message)
            throw new InvalidOperationException($"what was written does not read as the same: {error}");
    }

    private byte[] Write(Message message) => message.TryWrite(buffer, out var length) ? buffer[..length] : throw new InvalidOperationException("a seed is too long");
}
