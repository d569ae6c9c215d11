using System.Buffers;
using Riad.Git.Protocol;

namespace Riad.Fuzz.Git;

/// <summary>Lines are inside the input, and written again they are the same lines.</summary>
internal sealed class PktLineFuzz : IFuzzTarget
{
    public string Name => "git-pkt-line";

    public IEnumerable<byte[]> Seeds => [ProtocolSeeds.Clone, ProtocolSeeds.ListRefs, ProtocolSeeds.Push, [.. "0004"u8], [.. "0002000bfoobar\n"u8]];

    public void Run(ReadOnlySpan<byte> octets)
    {
        var reader = new PktLineReader(octets);
        while (reader.Read(out var payload) is var kind and not PktLineKind.None)
        {
            if (kind is not PktLineKind.Text)
                continue;
            var output = new ArrayBufferWriter<byte>();
            new PktLineWriter(output).WriteOctets(payload);
            var again = new PktLineReader(output.WrittenSpan);
            if (again.Read(out var same) is not PktLineKind.Text || !same.SequenceEqual(payload))
                throw new InvalidOperationException("a line is not what was written");
        }
        if ((reader.Error.Fault is PktLineFault.None) != (reader.Position == octets.Length))
            throw new InvalidOperationException("neither the end nor a fault");
    }
}
