namespace Riad.Dns.Messages;

/// <summary>A question, its name in the caller's buffer.</summary>
/// <param name="NameLength">Octets of the name.</param>
/// <param name="Type">A record type's number, or one of <see cref="QueryTypes"/>.</param>
/// <param name="Class">The class asked for.</param>
public readonly record struct QuestionView(int NameLength, ushort Type, RecordClass Class);
