using System.Diagnostics.CodeAnalysis;
using Riad.Core;

namespace Riad.Dns.Messages;

/// <summary>What an OPT record says, but for the response code, which a <see cref="Message"/> holds whole.</summary>
/// <param name="Version">0 is the only version there is.</param>
/// <param name="UdpSize">How long an answer over UDP the sender takes; below 512 means 512.</param>
/// <param name="IsDnssecOk">DO: signatures are wanted.</param>
/// <param name="Options">In their order.</param>
/// <remarks>Source: RFC 6891 §6.1.</remarks>
public sealed record Edns(byte Version, ushort UdpSize, bool IsDnssecOk, Seq<EdnsOption> Options)
{
    /// <summary>The size that passes everywhere without fragments.</summary>
    /// <remarks>Source: DNS Flag Day 2020; RFC 9715 §3.</remarks>
    public const ushort UsualUdpSize = 1232;

    /// <summary>Version 0 with the usual size and nothing else.</summary>
    public static readonly Edns Plain = new(0, UsualUdpSize, IsDnssecOk: false, []);

    internal static bool TryRead(EdnsView view, [NotNullWhen(true)] out Edns? edns)
    {
        edns = null;
        var options = new List<EdnsOption>();
        var reader = new EdnsOptionReader(view.Options);
        while (reader.TryRead(out var code, out var value))
        {
            if (!EdnsOption.TryRead(code, value, out var option))
                return false;
            options.Add(option);
        }
        edns = new(view.Version, view.UdpSize, view.IsDnssecOk, options.ToSeq());
        return true;
    }
}
