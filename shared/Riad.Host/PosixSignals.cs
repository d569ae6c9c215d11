using System.Runtime.InteropServices;

namespace Riad.Host;

/// <summary>The operating system's signals.</summary>
internal static class PosixSignals
{
    /// <summary>Calls back until disposed, also for what was held until now. A second request to stop ends the process at once, as if nobody listened.</summary>
    public static IDisposable Listen(Action<ProcessSignal> handle)
    {
        var stops = 0;
        void Stop(PosixSignalContext context)
        {
            context.Cancel = Interlocked.Increment(ref stops) == 1;
            if (context.Cancel)
                handle(ProcessSignal.Stop);
        }
        var registrations = new Registrations(
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                handle(ProcessSignal.Reload);
            }));
        EarlySignals.Release();
        return registrations;
    }

    private sealed class Registrations(params PosixSignalRegistration[] all) : IDisposable
    {
        public void Dispose() => Array.ForEach(all, each => each.Dispose());
    }
}
