using System.Globalization;
using System.Runtime.InteropServices;

namespace Riad.Host.Sandbox;

/// <summary>Has every thread of this process restrict itself with Landlock, which binds only the thread that asks.</summary>
/// <remarks>
/// Each is sent a signal and does it in the handler, wherever it is: that is how the C library changes the user of all
/// threads, and how the runtime halts its own to collect garbage, for which it blocks signals on none. The handler cannot be
/// managed code, since the thread may be where none can run. It is that of restrict-x64.S and restrict-arm64.S, kept here
/// so that building needs no assembler; a test assembles them anew.
/// Source: nptl(7), sigaction(2), rt_sigqueueinfo(2).
/// </remarks>
internal static unsafe class ThreadSignal
{
    // The places lie behind the code, far enough for pages of every size: the first holds the ruleset, another what came of it on one thread.
    private const int PlacesOffset = 0x1_0000, PlaceCount = 0x4000, Unanswered = 1;

    // Rounds and not seconds, since the clock of a process that is halted goes on. Soon each takes a millisecond.
    private const int Rounds = 10_000;

    // A thread that blocks the signal would have all of them go by. One that is about to begin or to end does so too, for a moment.
    private const int RoundsUntilLook = 1000, RoundsBetweenLooks = 100, LooksUntilSure = 10;

    private const int LastSignal = 64, FirstSignal = 35;

    private static ReadOnlySpan<byte> X64 =>
    [
        0x44, 0x8b, 0x4e, 0x18, 0x41, 0x81, 0xe1, 0xff, 0x3f, 0x00, 0x00, 0x74, 0x36, 0x48, 0x8d, 0x05,
        0xec, 0xff, 0x00, 0x00, 0x4e, 0x8d, 0x0c, 0x88, 0xbf, 0x26, 0x00, 0x00, 0x00, 0xbe, 0x01, 0x00,
        0x00, 0x00, 0x31, 0xd2, 0x45, 0x31, 0xd2, 0x45, 0x31, 0xc0, 0xb8, 0x9d, 0x00, 0x00, 0x00, 0x0f,
        0x05, 0x8b, 0x3d, 0xc9, 0xff, 0x00, 0x00, 0x31, 0xf6, 0xb8, 0xbe, 0x01, 0x00, 0x00, 0x0f, 0x05,
        0x41, 0x89, 0x01, 0xc3,
    ];

    private static ReadOnlySpan<byte> Arm64 =>
    [
        0x29, 0x18, 0x40, 0xb9, 0x29, 0x35, 0x00, 0x72, 0xc0, 0x01, 0x00, 0x54, 0xaa, 0xff, 0x07, 0x10,
        0xc0, 0x04, 0x80, 0xd2, 0x21, 0x00, 0x80, 0xd2, 0x02, 0x00, 0x80, 0xd2, 0x03, 0x00, 0x80, 0xd2,
        0x04, 0x00, 0x80, 0xd2, 0xe8, 0x14, 0x80, 0xd2, 0x01, 0x00, 0x00, 0xd4, 0x40, 0x01, 0x40, 0xb9,
        0x01, 0x00, 0x80, 0xd2, 0xc8, 0x37, 0x80, 0xd2, 0x01, 0x00, 0x00, 0xd4, 0x40, 0x79, 0x29, 0xb8,
        0xc0, 0x03, 0x5f, 0xd6,
    ];

    /// <summary>The handler's code; empty for another processor.</summary>
    internal static ReadOnlySpan<byte> CodeFor(Architecture processor) => processor switch
    {
        Architecture.X64 => X64,
        Architecture.Arm64 => Arm64,
        _ => [],
    };

    /// <summary>Restricts this thread, then every other; null when it is done, otherwise why not.</summary>
    /// <param name="ruleset">What landlock_create_ruleset gave.</param>
    public static string? Restrict(int ruleset)
    {
        var code = CodeFor(RuntimeInformation.ProcessArchitecture);
        if (code.IsEmpty)
            return "this processor is unknown";
        if (!TryMap(code, out var handler))
            return Native.Reason;
        var places = new Span<int>((byte*)handler + PlacesOffset, PlaceCount);
        places[0] = ruleset;
        if (!TryTakeSignal(handler, out var signal))
            return "no signal is free";
        // A rehearsal, which the handler passes over: where sending is forbidden, nothing is bound yet. Then this thread first,
        // so that whatever it starts from here on is bound as well.
        var reason = Rehearse(signal) ?? Landlock.RestrictThread(ruleset) ?? RestrictOthers(signal, places);
        GiveBack(signal);
        return reason;
    }

    private static string? Rehearse(int signal) =>
        Send(Native.ThreadNumber, signal, place: 0) is var error and not (0 or Native.EAGAIN) ? Marshal.GetPInvokeErrorMessage(error) : null;

    // Done when two passes in a row find the same threads, all of them bound before the first of the two began. A thread
    // that is not could only have been started by one that was not either, and stand in a list; a thread that ends while
    // the list is read may hide another, and is then missing in the next. One that ends between two passes, and whose number
    // another has in the second, hides that one: but the kernel gives numbers out in turn, all others before one comes again.
    private static string? RestrictOthers(int signal, Span<int> places)
    {
        var self = Native.ThreadNumber;
        var (asked, last, wait) = (new Dictionary<int, int> { [self] = 1 }, Array.Empty<int>(), default(SpinWait));
        var (count, isFull, blocker, looks) = (1, false, 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var isAnswered = true;
            foreach (var place in asked.Values)
            {
                var answer = Volatile.Read(ref places[place]);
                if (answer < 0)
                    return Marshal.GetPInvokeErrorMessage(-answer);
                isAnswered &= answer != Unanswered;
            }
            var threads = List();
            if (Array.IndexOf(threads, self) < 0)
                return "/proc numbers threads otherwise than this process; mount one of its own";
            var isClean = isAnswered && Array.TrueForAll(threads, asked.ContainsKey);
            if (isClean && threads.AsSpan().SequenceEqual(last))
                return null;
            last = isClean ? threads : [];
            Forget(asked, threads);
            isFull = false;
            foreach (var thread in threads)
            {
                if (asked.ContainsKey(thread))
                    continue;
                if (count + 1 == PlaceCount)
                    return "there are too many threads";
                places[count + 1] = Unanswered;
                var error = Send(thread, signal, count + 1);
                if (error == 0)
                    asked[thread] = ++count;
                else if (error == Native.EAGAIN)
                    isFull = true;
                else if (error != Native.ESRCH) // which it is of one that has ended
                    return Marshal.GetPInvokeErrorMessage(error);
            }
            if (round >= RoundsUntilLook && round % RoundsBetweenLooks == 0)
            {
                var before = blocker;
                blocker = FindBlocker(asked, places, signal);
                looks = blocker != 0 && blocker == before ? looks + 1 : 1;
                if (blocker != 0 && looks == LooksUntilSure)
                    return string.Create(CultureInfo.InvariantCulture, $"thread {blocker} blocks signals");
            }
            wait.SpinOnce();
        }
        return Describe(asked, places, isFull);
    }

    // The first thread that it waits at; 0 when there is none.
    private static int FindBlocker(Dictionary<int, int> asked, ReadOnlySpan<int> places, int signal)
    {
        foreach (var (thread, place) in asked)
        {
            if (places[place] == Unanswered && WaitingSignal.IsBlocked(thread, signal))
                return thread;
        }
        return 0;
    }

    // A new thread may get the number of one that has ended.
    private static void Forget(Dictionary<int, int> asked, int[] threads)
    {
        foreach (var thread in asked.Keys)
        {
            if (Array.IndexOf(threads, thread) < 0)
                asked.Remove(thread);
        }
    }

    private static int[] List()
    {
        var threads = new List<int>();
        foreach (var path in Directory.EnumerateDirectories("/proc/self/task"))
            threads.Add(int.Parse(Path.GetFileName(path.AsSpan()), CultureInfo.InvariantCulture));
        return [.. threads];
    }

    // 0, or why not.
    private static int Send(int thread, int signal, int place)
    {
        // struct siginfo: the number, an error, the code, padding, who sends it, what is sent.
        var information = stackalloc byte[128];
        new Span<byte>(information, 128).Clear();
        MemoryMarshal.Write(new(information + 8, 4), Native.SentWithValue);
        MemoryMarshal.Write(new(information + 24, 4), place);
        return Native.SystemCall(Native.QueueSignal, Environment.ProcessId, thread, signal, (nint)information) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    private static string Describe(Dictionary<int, int> asked, ReadOnlySpan<int> places, bool isFull)
    {
        foreach (var (thread, place) in asked)
        {
            if (places[place] == Unanswered)
                return string.Create(CultureInfo.InvariantCulture, $"thread {thread} does not follow");
        }
        return isFull ? "too many signals of this user wait (RLIMIT_SIGPENDING)" : "threads come faster than they follow";
    }

    // Never writable and executable at once. It is not given back: a thread may be about to return from it.
    private static bool TryMap(ReadOnlySpan<byte> code, out nint memory)
    {
        memory = Native.Map(0, PlacesOffset + PlaceCount * sizeof(int), Native.PROT_READ | Native.PROT_WRITE, Native.MAP_PRIVATE | Native.MAP_ANONYMOUS, -1, 0);
        if (memory == Native.MAP_FAILED)
            return false;
        code.CopyTo(new((byte*)memory, code.Length));
        return Native.Protect(memory, PlacesOffset, Native.PROT_READ | Native.PROT_EXEC) == 0;
    }

    // The last one that nobody has: the C library and the runtime take the first.
    private static bool TryTakeSignal(nint handler, out int signal)
    {
        for (signal = LastSignal; signal >= FirstSignal; signal--)
        {
            SignalAction now;
            if (Native.SetSignalAction(signal, null, &now) != 0 || now.Handler != SignalAction.Default)
                continue;
            var action = new SignalAction { Handler = handler, Flags = SignalAction.WithInformation | SignalAction.Restart };
            // No other signal while it is handled.
            new Span<byte>(action.Blocked, SignalAction.SetOctets).Fill(0xff);
            return Native.SetSignalAction(signal, &action, null) == 0;
        }
        return false;
    }

    // To ignore it forgets what was sent and not received, which would end the process when it is.
    private static void GiveBack(int signal)
    {
        var action = new SignalAction { Handler = SignalAction.Ignore };
        _ = Native.SetSignalAction(signal, &action, null);
        action.Handler = SignalAction.Default;
        _ = Native.SetSignalAction(signal, &action, null);
    }
}
