using Riad.Dns.Records;

namespace Riad.Interop.Tests.Answers;

/// <summary>A way in which right servers differ, with the reason why we answer as we do.</summary>
/// <param name="Name">What the peer does.</param>
/// <param name="Reason">Why it is no fault of ours.</param>
/// <param name="Explains">Tells whether it explains our answer and the peer's, in this order, to one question.</param>
internal sealed record PeerDifference(string Name, string Reason, Func<AskedQuestion, NormalAnswer, NormalAnswer, bool> Explains);

/// <summary>One question as it was put to every server.</summary>
/// <param name="Name">With the final dot.</param>
/// <param name="Type">The type's number.</param>
internal sealed record AskedQuestion(string Name, ushort Type)
{
    public override string ToString() => $"{Name} {(Type == 255 ? "ANY" : RrTypes.Print(Type))}";
}
