using System.Text;
using Riad.Dns.MasterFiles;

namespace Riad.Fuzz;

/// <summary>$GENERATE: ranges hold what they say, and a line does not grow beyond its template's numbers.</summary>
internal sealed class GenerateTarget : IFuzzTarget
{
    private const int LongestNumber = 255 * 2;

    public string Name => "generate";

    public IEnumerable<byte[]> Seeds =>
    [
        Encoding.ASCII.GetBytes("1-254/2 h$ A 192.0.2.$"), Encoding.ASCII.GetBytes("0-15 ${0,7,n} PTR h${-1,3,o}."), Encoding.ASCII.GetBytes("9-9 a\\$$$ ${10,255,X}"),
    ];

    public void Run(ReadOnlySpan<byte> octets)
    {
        var space = octets.IndexOf((byte)' ');
        if (GenerateRange.TryParse(octets[..Math.Max(space, 0)], out var range) && (range.Count < 1 || range.Step < 1 || range.Start > range.Stop))
            throw new InvalidOperationException("a range that holds nothing");
        var line = new List<byte>();
        _ = GenerateTemplate.TryExpand(octets, range.Stop, line);
        if (line.Count > (octets.Length + 1) * LongestNumber)
            throw new InvalidOperationException("a line grew too long");
    }
}
