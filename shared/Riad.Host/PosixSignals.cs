using System.Runtime.InteropServices;

namespace Riad.Host;

/// <summary>The operating system's signals.</summary>
internal static class PosixSignals
{
    /// <summary>Calls back until disposed. A second request to stop ends the process at once, as if nobody listened.</summary>
    public static IDisposable Listen(Action<ProcessSignal> handle)
    {
        var stops = 0;
        void Stop(PosixSignalContext context)
        {
            context.Cancel = Interlocked.Increment(ref stops) == 1;
            if (context.Cancel)
                handle(ProcessSignal.Stop);
        }
        return new Registrations(
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                handle(ProcessSignal.Reload);
            }));
    }

    private sealed class Registrations(params PosixSignalRegistration[] all) : IDisposable
    {
        public void Dispose() => Array.ForEach(all, each => each.Dispose());
    }
}
