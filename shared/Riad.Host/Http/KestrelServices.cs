using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Riad.Host.Http;

/// <summary>The services that Kestrel asks for when it speaks TLS: a log, and its metrics, whose class it keeps to itself.</summary>
internal sealed class KestrelServices(ILoggerFactory logs) : IServiceProvider
{
    public object? GetService(Type serviceType)
    {
        if (serviceType == typeof(ILoggerFactory))
            return logs;
        // What Kestrel would only use if it were there is an interface, and is not.
        return !serviceType.IsAbstract && serviceType.Assembly == typeof(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServer).Assembly ? Create(serviceType) : null;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "Kestrel makes its metrics itself where nobody gives it any, so their constructor is kept.")]
    private static object? Create(Type metrics) => Activator.CreateInstance(metrics, new Meters());

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
            // Nobody listens to these meters, so nothing holds them.
        }
    }
}
