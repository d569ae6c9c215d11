namespace Riad.Dns.MasterFiles;

/// <summary>How a record's line is written.</summary>
/// <param name="UsesTabs">A tab stands behind its first word.</param>
/// <param name="UsesClass">It says IN.</param>
internal readonly record struct LineLayout(bool UsesTabs, bool UsesClass)
{
    /// <summary>Of a record that was read.</summary>
    public static LineLayout Of(in MasterRecord record)
    {
        var afterFirst = record.Tokens[0].Start + record.Tokens[0].Length;
        return new(afterFirst < record.Source.Text.Length && record.Source.Text[afterFirst] == '\t', record.Head.Class >= 0);
    }
}
