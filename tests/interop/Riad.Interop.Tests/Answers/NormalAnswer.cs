using Riad.Core;
using Riad.Dns.Messages;

namespace Riad.Interop.Tests.Answers;

/// <summary>An answer without what two right servers may choose freely: order, compression, case, ids.</summary>
/// <param name="Code">The response code.</param>
/// <param name="IsAuthoritative">The AA bit.</param>
/// <param name="Answer">One record a line, sorted.</param>
/// <param name="Authority">One record a line, sorted.</param>
/// <param name="Additional">One record a line, sorted.</param>
internal sealed record NormalAnswer(ResponseCode Code, bool IsAuthoritative, string Answer, string Authority, string Additional)
{
    public static NormalAnswer Of(byte[] octets)
    {
        if (!Message.TryRead(octets, out var message, out var error))
            throw new InvalidOperationException($"not a message ({error}): {Convert.ToHexStringLower(octets)}");
        return new(
            message.ResponseCode, message.Flags.HasFlag(HeaderBits.Authoritative),
            Print(message.Answers), Print(message.Authorities), Print(message.Additionals));
    }

    public override string ToString() =>
        $"{Code}{(IsAuthoritative ? " aa" : "")}\n  answer: {Indent(Answer)}\n  authority: {Indent(Authority)}\n  additional: {Indent(Additional)}";

    private static string Print(Seq<ResourceRecord> records) => string.Join('\n', records.Select(Print).Order(StringComparer.Ordinal));

    private static string Print(ResourceRecord record) => record.ToString().ToLowerInvariant();

    private static string Indent(string lines) => lines.Replace("\n", "\n    ", StringComparison.Ordinal);
}
