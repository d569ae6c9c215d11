using System.Buffers;
using System.Text;
using Riad.Git.Protocol;
using Xunit;

namespace Riad.Git.Tests.Protocol;

/// <summary>Pkt-lines as a test writes and reads them: one entry for each line, <c>0000</c> and <c>0001</c> for the marks.</summary>
internal static class Lines
{
    public static byte[] Octets(params string[] lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(line is "0000" or "0001" or "0002" ? line : $"{Encoding.UTF8.GetByteCount(line) + 5:x4}{line}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static string[] Written(Action<PktLineWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new(output));
        return Read(output.WrittenSpan);
    }

    public static string[] Read(ReadOnlySpan<byte> octets)
    {
        var lines = new List<string>();
        var reader = new PktLineReader(octets);
        while (reader.Read(out var payload) is var kind and not PktLineKind.None)
        {
            lines.Add(kind switch
            {
                PktLineKind.Flush => "0000",
                PktLineKind.Delimiter => "0001",
                PktLineKind.ResponseEnd => "0002",
                PktLineKind.Text or PktLineKind.None => Encoding.UTF8.GetString(PktLineReader.WithoutNewline(payload)),
            });
        }
        Assert.Equal(default, reader.Error);
        return [.. lines];
    }
}
