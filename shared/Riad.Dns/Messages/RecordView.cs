namespace Riad.Dns.Messages;

/// <summary>A record of a message, its owner in the caller's buffer and its data in the message.</summary>
/// <param name="Section">Where it stands.</param>
/// <param name="NameLength">Octets of the owner.</param>
/// <param name="Type">The type's number.</param>
/// <param name="Class">The class; in an OPT record the sender's UDP size.</param>
/// <param name="Ttl">Seconds as they stand there; in an OPT record, flags.</param>
/// <param name="RdataOffset">Octets from the start of the message to the data, whose names may be compressed.</param>
/// <param name="RdataLength">Octets of the data.</param>
public readonly record struct RecordView(Section Section, int NameLength, ushort Type, RecordClass Class, uint Ttl, int RdataOffset, int RdataLength);
