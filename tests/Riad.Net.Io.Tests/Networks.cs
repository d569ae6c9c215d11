using Riad.Core;

namespace Riad.Net.Io.Tests;

/// <summary>The two ways in which a <see cref="KernelNetwork"/> works; on Linux both are tested.</summary>
internal static class Networks
{
    internal static KernelNetwork Open(bool portable, int threads = 2) => new(new() { Portable = portable, Threads = threads });

    internal static IpEndpoint At(string text) => IpEndpoint.TryParse(text, out var endpoint) ? endpoint : throw new ArgumentException(text, nameof(text));

    /// <summary>Longer than anything here may take on a busy machine.</summary>
    internal static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;
}
