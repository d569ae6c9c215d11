using System.Text;
using Riad.Dns.MasterFiles;

namespace Riad.Fuzz;

/// <summary>Syntax trees of master files: printing gives the same octets.</summary>
internal sealed class MasterTreeTarget : IFuzzTarget
{
    public string Name => "master-tree";

    public IEnumerable<byte[]> Seeds => [Encoding.ASCII.GetBytes(MasterFileTarget.Zone), Encoding.ASCII.GetBytes("a TXT (\n ; c\n\"x\" y=\"z\")\r\n\r\n ; d")];

    public void Run(ReadOnlySpan<byte> octets)
    {
        if (!MasterTree.Parse(octets.ToArray()).Print().AsSpan().SequenceEqual(octets))
            throw new InvalidOperationException("printed otherwise than read");
    }
}
