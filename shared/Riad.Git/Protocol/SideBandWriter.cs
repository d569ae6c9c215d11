using System.Buffers;
using System.Text;

namespace Riad.Git.Protocol;

/// <summary>Writes several channels into one stream of pkt-lines: what was asked for, words for the person, and a last word.</summary>
/// <param name="output">Takes the octets.</param>
/// <param name="maxPayloadOctets">The longest piece: <see cref="LargePayloadOctets"/> for <c>side-band-64k</c> and version 2, <see cref="SmallPayloadOctets"/> for <c>side-band</c>.</param>
/// <remarks>Source: gitprotocol-pack, "Packfile Data"; gitprotocol-capabilities, "side-band, side-band-64k".</remarks>
public readonly struct SideBandWriter(IBufferWriter<byte> output, int maxPayloadOctets)
{
    /// <summary>The longest piece under <c>side-band-64k</c>.</summary>
    public const int LargePayloadOctets = PktLineReader.MaxPayloadOctets - 1;

    /// <summary>The longest piece under <c>side-band</c>.</summary>
    public const int SmallPayloadOctets = 1000 - 5;

    private const byte DataBand = 1;
    private const byte ProgressBand = 2;
    private const byte FatalBand = 3;

    /// <summary>Writes octets of what was asked for, in as many lines as they need.</summary>
    public void WriteData(ReadOnlySpan<byte> octets) => Write(DataBand, octets);

    /// <summary>Writes an empty piece: nothing for the client but the sign that somebody is there.</summary>
    public void WriteKeepAlive() => WritePiece(ProgressBand, default);

    /// <summary>Writes text that the client prints as it comes, each of its lines after <c>remote: </c>.</summary>
    /// <param name="text">With its own newlines; made safe for a terminal here.</param>
    public void WriteProgress(string text) => Write(ProgressBand, Encoding.UTF8.GetBytes(TerminalText.Clean(text)));

    /// <summary>Writes the last word: the client prints it as an error and gives up.</summary>
    public void WriteFatal(string text) => Write(FatalBand, Encoding.UTF8.GetBytes(TerminalText.Clean(text)));

    private void Write(byte band, ReadOnlySpan<byte> octets)
    {
        for (; !octets.IsEmpty; octets = octets[Math.Min(maxPayloadOctets, octets.Length)..])
            WritePiece(band, octets[..Math.Min(maxPayloadOctets, octets.Length)]);
    }

    private void WritePiece(byte band, ReadOnlySpan<byte> piece)
    {
        var lineOctets = 5 + piece.Length;
        var space = output.GetSpan(lineOctets);
        PktLineWriter.WriteLength(space, lineOctets);
        space[4] = band;
        piece.CopyTo(space[5..]);
        output.Advance(lineOctets);
    }
}
