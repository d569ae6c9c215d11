using System.Runtime.InteropServices;
using Riad.Net.Netlink;

namespace Riad.Host.Init;

/// <summary>Hears what the kernel says of its network, for ever, on a thread of its own.</summary>
/// <remarks>
/// Source: Linux, netlink(7). Who listens too slowly loses what was said meanwhile, and is told so. Then everything is asked
/// for: what is there comes as if it had just changed, and <see cref="RouteEvent.Answered"/> at the end of a list says that
/// nothing else is there.
/// </remarks>
/// <param name="descriptor">A netlink socket, bound to groups.</param>
/// <param name="heard">Gets all of it.</param>
/// <param name="log">The console.</param>
internal sealed class RouteListener(int descriptor, Action<RouteEvent> heard, MachineLog log)
{
    private const int MaxOctets = 32 * 1024, MaxRefusals = 5;
    private const uint Links = 1, Addresses = 2;
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    private readonly byte[] buffer = new byte[MaxOctets];
    private bool isBehind, isListing;
    private int refusals;

    /// <summary>Begins.</summary>
    public void Start() => new Thread(Hear) { IsBackground = true, Name = "routers" }.Start();

    private void Hear()
    {
        while (true)
        {
            try
            {
                HearOnce();
            }
            catch (Exception exception)
            {
                // An interface that cannot be served must not make us deaf for the others.
                log.Say($"what the kernel says of its network was not understood: {exception.Message}");
            }
        }
    }

    private void HearOnce()
    {
        // What still waits is read first: a list has to find room, and is newer.
        var wantsList = isBehind && !isListing;
        var length = Receive(wantsList ? Native.MSG_DONTWAIT : 0, out var error);
        if (length > 0)
        {
            foreach (var each in RouteEventReader.Read(buffer.AsSpan(0, length)))
                Take(each);
        }
        else if (error == Native.ENOBUFS)
            isBehind = true;
        else if (error == Native.EAGAIN && wantsList)
        {
            log.Say($"the kernel said more of its network than could be heard, so it is asked for all of it");
            if (refusals > 0)
                Thread.Sleep(AfterFault);
            (isBehind, isListing) = (false, true);
            Ask(RouteRequest.ListLinks(Links));
        }
        else if (error != Native.EINTR)
        {
            log.Say($"the kernel's network cannot be heard: {Marshal.GetPInvokeErrorMessage(error)}");
            Thread.Sleep(AfterFault);
        }
    }

    private void Take(RouteEvent each)
    {
        if (each is RouteEvent.Answered(_, not 0 and var error))
        {
            Refuse(error);
            return;
        }
        if (each is RouteEvent.Answered(Links, _))
            Ask(RouteRequest.ListAddresses(Addresses));
        else if (each is RouteEvent.Answered)
            (isListing, refusals) = (false, 0);
        heard(each);
    }

    // A list that is refused says nothing of what is there: it is asked for again, after a pause, but not for ever.
    private void Refuse(int error)
    {
        (isListing, isBehind) = (false, ++refusals < MaxRefusals);
        if (isBehind)
            return;
        refusals = 0;
        log.Say($"the kernel does not list its network: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private unsafe void Ask(byte[] request)
    {
        fixed (byte* octets = request)
        {
            if (Native.Send(descriptor, octets, (nuint)request.Length, 0) < 0)
                (isBehind, isListing) = (true, false);
        }
    }

    private unsafe int Receive(int flags, out int error)
    {
        fixed (byte* octets = buffer)
        {
            var length = Native.Receive(descriptor, octets, MaxOctets, flags);
            error = length < 0 ? Marshal.GetLastPInvokeError() : 0;
            return (int)length;
        }
    }
}
