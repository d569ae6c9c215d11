using Riad.Core;
using Riad.Dns.Server;

namespace Riad.Dns.Io;

/// <summary>One thread's way to the authority of the moment: taken once per batch.</summary>
internal sealed class AuthorityAnswerer(ServerDriver driver, AnswerState state) : IAnswerer
{
    private Authority? authority;

    public void Begin(Now now) => authority = driver.Authority;

    public void End() => authority = null;

    public int Answer(in QueryContext context, ReadOnlySpan<byte> query, Span<byte> answer) => authority!.Answer(state, context, query, answer);
}
