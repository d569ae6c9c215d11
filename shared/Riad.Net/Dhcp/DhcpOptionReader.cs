using Riad.Core;

namespace Riad.Net.Dhcp;

/// <summary>Collects the options of one message.</summary>
internal sealed class DhcpOptionReader
{
    private const int InBootFile = 1, InServerName = 2;

    private readonly List<byte> order = [];
    private readonly byte[]?[] values = new byte[256][];

    /// <summary>Reads up to the end option; one that is cut short is a fault, a missing end is none.</summary>
    public void Read(ref WireReader reader)
    {
        while (!reader.Failed && reader.Remaining > 0)
        {
            var code = reader.ReadByte();
            if (code == DhcpOptionCode.Pad)
                continue;
            if (code == DhcpOptionCode.End)
                return;
            var value = reader.ReadOctets(reader.ReadByte());
            if (!reader.Failed)
                Add(code, value);
        }
    }

    /// <summary>Reads the fields that the overload option names: the boot file first.</summary>
    public void ReadOverloaded(ReadOnlySpan<byte> bootFile, ReadOnlySpan<byte> serverName)
    {
        if (values[DhcpOptionCode.Overload] is not [var fields])
            return;
        // A fault inside such a field leaves what was read before it: the message itself is whole.
        if ((fields & InBootFile) != 0)
            ReadField(bootFile);
        if ((fields & InServerName) != 0)
            ReadField(serverName);
    }

    public Seq<DhcpOption> ToSeq() =>
        order.Where(code => code != DhcpOptionCode.Overload).Select(code => new DhcpOption(code, new(values[code]))).ToSeq();

    private void ReadField(ReadOnlySpan<byte> field)
    {
        var reader = new WireReader(field);
        Read(ref reader);
    }

    private void Add(byte code, ReadOnlySpan<byte> value)
    {
        if (values[code] is { } before)
        {
            values[code] = [.. before, .. value];
            return;
        }
        order.Add(code);
        values[code] = value.ToArray();
    }
}
