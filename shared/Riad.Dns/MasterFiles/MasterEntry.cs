namespace Riad.Dns.MasterFiles;

/// <summary>One entry: a line, or several joined by parentheses, its comments and its line end counted.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of its first octet.</param>
/// <param name="End">Offset behind its last octet: where the next entry starts.</param>
/// <param name="FirstToken">Its first word, in the tree's words.</param>
/// <param name="TokenCount">How many words.</param>
/// <param name="Owner">The owner's word, counted from the entry's first; -1 where there is none.</param>
/// <param name="Ttl">The TTL's word, or -1.</param>
/// <param name="Class">The class's word, or -1.</param>
/// <param name="Type">The type's word, or -1; the data's words follow it.</param>
public readonly record struct MasterEntry(MasterEntryKind Kind, int Start, int End, int FirstToken, int TokenCount, int Owner, int Ttl, int Class, int Type);
