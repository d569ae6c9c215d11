namespace Riad.Dns.Io;

/// <summary>The answerers of all streams: whoever answers takes one for so long. As many are made as ever answered at once.</summary>
internal sealed class AnswererPool(Func<IAnswerer> create)
{
    private readonly Lock gate = new();
    private readonly Stack<IAnswerer> free = new();

    internal IAnswerer Take()
    {
        lock (gate)
        {
            if (free.TryPop(out var answerer))
                return answerer;
        }
        return create();
    }

    internal void Return(IAnswerer answerer)
    {
        lock (gate)
            free.Push(answerer);
    }
}
