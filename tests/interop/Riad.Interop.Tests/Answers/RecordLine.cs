namespace Riad.Interop.Tests.Answers;

/// <summary>A record as <see cref="NormalAnswer"/> prints it, taken apart at its spaces.</summary>
/// <param name="Owner">In lower case, with the final dot.</param>
/// <param name="Type">In lower case.</param>
/// <param name="Rdata">In lower case.</param>
internal readonly record struct RecordLine(string Owner, string Type, string Rdata)
{
    public bool IsAddress => Type is "a" or "aaaa";

    public bool IsAlias => Type is "cname";

    public static List<RecordLine> Of(string section) => [.. section.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    /// <summary>Tells whether the record data names a host.</summary>
    public bool Names(string host) => Rdata.Split(' ').Contains(host, StringComparer.Ordinal);

    public static RecordLine Parse(string line)
    {
        var words = line.Split(' ', 4);
        return new(words[0], words[2], words[3]);
    }
}
