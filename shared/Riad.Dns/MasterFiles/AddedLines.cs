using System.Text;
using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>The lines of new records, as the file's own are written.</summary>
internal static class AddedLines
{
    /// <summary>The line end of a file: that of its first line.</summary>
    public static ReadOnlySpan<byte> LineEndOf(ReadOnlySpan<byte> text) => text.IndexOf((byte)'\n') is > 0 and var at && text[at - 1] == '\r' ? "\r\n"u8 : "\n"u8;

    /// <summary>One line, without its end.</summary>
    /// <param name="add">The record.</param>
    /// <param name="layout">Of the lines before.</param>
    /// <param name="origin">What completes relative names there.</param>
    /// <param name="defaultTtl">What needs not be written; null when there is no $TTL.</param>
    public static byte[] Print(MasterChange.Add add, LineLayout layout, ReadOnlySpan<byte> origin, uint? defaultTtl)
    {
        var separator = layout.UsesTabs ? '\t' : ' ';
        var line = new StringBuilder(RelativeName.Print(add.Owner.Wire, origin));
        if (defaultTtl != add.Ttl.Seconds)
            line.Append(separator).Append(add.Ttl.Seconds);
        if (layout.UsesClass)
            line.Append(separator).Append("IN");
        line.Append(separator).Append(add.Type.Mnemonic).Append(separator);
        RdataText.Print(add.Type, add.Data.Span, line);
        return Encoding.ASCII.GetBytes(line.ToString());
    }
}
