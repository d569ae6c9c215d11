using Riad.Core;

namespace Riad.Dns.Io;

/// <summary>Lets so many requests be handled at once, in all and from one network. Who waits is let in in the order of arrival.</summary>
internal sealed class RequestGate(int most, int mostPerNetwork)
{
    private readonly Lock gate = new();
    private readonly Dictionary<IpAddress, Place> places = [];
    private readonly LinkedList<Waiter> waiting = new();
    private int inside;

    /// <summary>How many are being handled.</summary>
    internal int Inside
    {
        get
        {
            lock (gate)
                return inside;
        }
    }

    /// <summary>Enters if there is room at once.</summary>
    internal bool TryEnter(IpAddress network)
    {
        lock (gate)
        {
            var place = places.GetValueOrDefault(network);
            if (inside >= most || place?.Inside >= mostPerNetwork || place?.Waiting > 0)
                return false;
            Enter(place ?? Add(network));
            return true;
        }
    }

    /// <summary>Enters when there is room.</summary>
    /// <param name="network">Of the client.</param>
    /// <param name="cancellation">Ends the wait: the task is cancelled, and nothing was entered.</param>
    internal async Task EnterAsync(IpAddress network, CancellationToken cancellation)
    {
        Waiter waiter;
        lock (gate)
        {
            var place = places.GetValueOrDefault(network) ?? Add(network);
            waiter = new(place);
            place.Waiting++;
            waiting.AddLast(waiter.Link);
            LetIn();
        }
        await using (cancellation.Register(() => GiveUp(waiter)))
            await waiter.Entered.Task;
    }

    /// <summary>Leaves, and lets in who waited longest and fits.</summary>
    internal void Leave(IpAddress network)
    {
        lock (gate)
        {
            inside--;
            places[network].Inside--;
            Forget(places[network]);
            LetIn();
        }
    }

    private void GiveUp(Waiter waiter)
    {
        lock (gate)
        {
            if (waiter.Link.List is null)
                return;
            Remove(waiter);
            Forget(waiter.Place);
        }
        waiter.Entered.TrySetCanceled();
    }

    private void LetIn()
    {
        for (var link = waiting.First; link is not null && inside < most;)
        {
            var waiter = link.Value;
            link = link.Next;
            if (waiter.Place.Inside >= mostPerNetwork)
                continue;
            Remove(waiter);
            Enter(waiter.Place);
            waiter.Entered.TrySetResult();
        }
    }

    private void Remove(Waiter waiter)
    {
        waiting.Remove(waiter.Link);
        waiter.Place.Waiting--;
    }

    private void Enter(Place place)
    {
        inside++;
        place.Inside++;
    }

    private Place Add(IpAddress network)
    {
        var place = new Place(network);
        places.Add(network, place);
        return place;
    }

    private void Forget(Place place)
    {
        if (place is { Inside: 0, Waiting: 0 })
            places.Remove(place.Network);
    }

    private sealed class Place(IpAddress network)
    {
        internal IpAddress Network { get; } = network;
        internal int Inside { get; set; }
        internal int Waiting { get; set; }
    }

    private sealed class Waiter
    {
        internal Waiter(Place place) => (Place, Link) = (place, new(this));

        internal Place Place { get; }
        internal LinkedListNode<Waiter> Link { get; }
        internal TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
