namespace Riad.Dns.Messages;

/// <summary>A state of a <see cref="MessageWriter"/> to go back to.</summary>
/// <param name="Position">Octets written.</param>
/// <param name="Answers">Records in the answer section.</param>
/// <param name="Authorities">Records in the authority section.</param>
/// <param name="Additionals">Records in the additional section.</param>
public readonly record struct MessageMark(int Position, ushort Answers, ushort Authorities, ushort Additionals);
