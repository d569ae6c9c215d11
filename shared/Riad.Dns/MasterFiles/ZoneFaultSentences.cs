using Riad.Dns.Names;
using Riad.Dns.Records;

namespace Riad.Dns.MasterFiles;

/// <summary>Says what is wrong with the text of a master file, and what to write instead.</summary>
internal static class ZoneFaultSentences
{
    /// <summary>The sentence of a fault that the reader finds.</summary>
    /// <param name="fault">Not one that only a check of the whole zone finds.</param>
    /// <param name="octets">The word at fault.</param>
    public static string Describe(ZoneFault fault, ReadOnlySpan<byte> octets)
    {
        var found = Excerpt.Of(octets);
        return fault switch
        {
            ZoneFault.QuoteOpen => "the quotes are not closed on this line; close them, and write \\010 for a line break",
            ZoneFault.ParenthesisOpen => "')' is missing before the end of the file; write it behind the record's last word",
            ZoneFault.ParenthesisUnopened => "')' has no '(' before it; take it away, or write '(' where the record begins to span lines",
            ZoneFault.ControlOctet => $"a control character stands here; take it away, or write \\{(octets.IsEmpty ? 0 : octets[0]):D3} if it is meant",
            ZoneFault.TooManyWords => $"the record has more than {MasterFileScanner.MaxTokens} words; close the parenthesis where it ends",
            ZoneFault.TooLarge => "the zone is longer than 512 MiB with all it includes; delegate a part of it",
            ZoneFault.QuotesHere => $"'{found}' stands in quotes; write it without",
            ZoneFault.OwnerMissing => "the line begins with a blank, and there is no record before it to take the owner from; write the owner, or @ for the origin",
            ZoneFault.TtlMalformed => $"'{found}' is not a TTL; write seconds, or numbers with units as in 1h30m",
            ZoneFault.TtlTooLarge => $"'{found}' is a TTL over 2147483647 seconds; write a smaller one (RFC 2181 §8)",
            ZoneFault.TtlMissing => "no TTL here, no $TTL above, and no record before to take it from; write $TTL 3600 at the top",
            ZoneFault.TtlFromSoa => $"no TTL here and no $TTL above, so the SOA's minimum is taken; write $TTL {found} at the top",
            ZoneFault.ClassNotIn => $"'{found}' is not a class that is served; write IN, or leave the class out",
            ZoneFault.TypeMissing => "the record type is missing; write it, such as A or MX, and the data behind it",
            ZoneFault.UnknownType => $"'{found}' is not a record type; write TYPEnnn for an unlisted one",
            ZoneFault.TypeNotForZones => $"'{found}' is a type for messages and cannot stand in a zone; take the record away",
            ZoneFault.DirectiveUnknown => $"'{found}' is not a directive; write $ORIGIN, $TTL, $INCLUDE or $GENERATE, or \\$ for a name that begins so",
            ZoneFault.DirectiveIndented => $"'{found}' does not begin its line; take the blanks before it away",
            ZoneFault.DirectiveIncomplete => $"'{found}' lacks {DescribeArguments(octets)}",
            ZoneFault.DirectiveExtra => $"'{found}' stands behind the end of the directive; take it away",
            ZoneFault.GenerateRange => $"'{found}' is not a range; write start-stop or start-stop/step, as in 1-254/1",
            ZoneFault.GenerateTemplate => $"'{found}' has a $ that cannot be replaced; write $, or ${{offset,width,base}} with base d, o, x, X, n or N, or \\$ for a dollar sign",
            ZoneFault.GenerateTooMany => $"'{found}' makes too many records; {GenerateLimits.PerLine} for a line and {GenerateLimits.PerZone} for a zone are allowed",
            ZoneFault.IncludePath => $"'{found}' is not a path; write it from the root of the repository, as in parts/hosts, in UTF-8 and without . or \\",
            ZoneFault.IncludeAbsolute => $"'{found}' is an absolute path; write it from the root of the repository, as in parts/hosts",
            ZoneFault.IncludeLeaves => $"'{found}' goes up with ..; write the path from the root of the repository, as in parts/hosts",
            ZoneFault.IncludeKeys => $"'{found}' is a file of keys, which is never included; put the records into another file",
            ZoneFault.IncludeMissing => $"'{found}' is not in the repository; add it, or write its path from the root of the repository",
            ZoneFault.IncludeSymbolicLink => $"'{found}' is reached through a symbolic link, which is not followed; write the path of the file itself",
            ZoneFault.IncludeSubmodule => $"'{found}' lies in a submodule, which is not read; put the file into this repository",
            ZoneFault.IncludeFolder => $"'{found}' is a folder; write the path of a file",
            ZoneFault.IncludeTooDeep => $"'{found}' is included too deep, in a circle, or after {IncludeLimits.PerZone} others; files may include each other {IncludeLimits.Depth} deep",
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "is not found by the reader"),
        };
    }

    public static ZoneFault Of(NameFault fault) => fault switch
    {
        NameFault.NameTooLong or NameFault.LabelTooLong => ZoneFault.NameTooLong,
        NameFault.NotAscii => ZoneFault.NameNotAscii,
        NameFault.None or NameFault.Empty or NameFault.EmptyLabel or NameFault.BadEscape or NameFault.NotAbsolute => ZoneFault.NameMalformed,
    };

    public static ZoneFault Of(RdataError error) => error switch
    {
        { Fault: RdataFault.Name, IsMissing: false } => Of(error.Name),
        { Fault: RdataFault.TextTooLong } => ZoneFault.TextTooLong,
        _ => ZoneFault.DataMalformed,
    };

    public static ZoneFault Of(IncludeRefusal refusal) => refusal switch
    {
        IncludeRefusal.None or IncludeRefusal.Missing => ZoneFault.IncludeMissing,
        IncludeRefusal.SymbolicLink => ZoneFault.IncludeSymbolicLink,
        IncludeRefusal.Submodule => ZoneFault.IncludeSubmodule,
        IncludeRefusal.Folder => ZoneFault.IncludeFolder,
        IncludeRefusal.TooLarge => ZoneFault.TooLarge,
    };

    public static ZoneFault Of(ScanFault fault) => fault switch
    {
        ScanFault.None => ZoneFault.None,
        ScanFault.QuoteOpen => ZoneFault.QuoteOpen,
        ScanFault.ParenthesisOpen => ZoneFault.ParenthesisOpen,
        ScanFault.ParenthesisUnopened => ZoneFault.ParenthesisUnopened,
        ScanFault.ControlOctet => ZoneFault.ControlOctet,
        ScanFault.TooManyWords => ZoneFault.TooManyWords,
    };

    private static string DescribeArguments(ReadOnlySpan<byte> directive) => System.Text.Encoding.ASCII.GetString(directive).ToUpperInvariant() switch
    {
        "$ORIGIN" => "a name; write $ORIGIN example.org.",
        "$TTL" => "a TTL; write $TTL 3600",
        "$INCLUDE" => "a path; write $INCLUDE path, and an origin behind it if need be",
        _ => "an argument; write $GENERATE range owner type data, as in $GENERATE 1-9 host$ A 192.0.2.$",
    };
}
