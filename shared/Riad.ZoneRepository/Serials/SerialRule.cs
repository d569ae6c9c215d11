using Riad.Dns.Records;

namespace Riad.ZoneRepository.Serials;

/// <summary>Under which serial a pushed version of a zone is served.</summary>
/// <remarks>
/// Secondaries fetch a zone only when its serial is newer (RFC 1996 §3.7, RFC 1982), so changed records are never served
/// under an old one. Pure; the table of cases is docs/decisions/0003-serial-numbers.md.
/// </remarks>
public static class SerialRule
{
    /// <summary>The longest step that is taken without being asked: 2³⁰, half of what keeps the order.</summary>
    public const uint LongestStep = 1u << 30;

    /// <summary>Decides for a zone that is served now.</summary>
    /// <param name="written">The serial in the pushed file.</param>
    /// <param name="last">Of the version that is served.</param>
    /// <param name="recordsChanged">True when the two versions differ in more than the serial.</param>
    /// <param name="options">What was decided beforehand.</param>
    public static SerialVerdict ForServed(Serial written, LastSerial last, bool recordsChanged, SerialOptions options)
    {
        // A serial line that nobody touched says nothing: after a raise or a reset it lags behind what is served.
        var untouched = written == last.Written || written == last.Served;
        if (untouched && !recordsChanged)
            return new SerialVerdict.Unchanged(last.Served, WentBack: false);
        if (!untouched && written.IsNewerThan(last.Served))
            return Forward(written, last.Served, options);
        if (options.Strict)
            return new SerialVerdict.Refused(FaultOf(written, untouched));
        return recordsChanged
            ? new SerialVerdict.Raised(last.Served.Next, WentBack: !untouched)
            : new SerialVerdict.Unchanged(last.Served, WentBack: true);
    }

    /// <summary>Decides for a zone that was served once and was removed: it goes on from its last serial.</summary>
    /// <param name="written">The serial in the pushed file.</param>
    /// <param name="last">Of the last version that was served.</param>
    /// <param name="options">What was decided beforehand.</param>
    public static SerialVerdict ForReturning(Serial written, LastSerial last, SerialOptions options)
    {
        if (written.IsNewerThan(last.Served))
            return Forward(written, last.Served, options);
        var repeated = written == last.Written || written == last.Served;
        return options.Strict
            ? new SerialVerdict.Refused(FaultOf(written, repeated))
            : new SerialVerdict.Raised(last.Served.Next, WentBack: !repeated);
    }

    /// <summary>Decides for a zone that was never served.</summary>
    /// <param name="written">The serial in the pushed file.</param>
    /// <param name="options">What was decided beforehand.</param>
    public static SerialVerdict ForNew(Serial written, SerialOptions options)
    {
        if (written.Value != 0)
            return new SerialVerdict.AsWritten(written);
        return options.Strict ? new SerialVerdict.Refused(SerialFault.Zero) : new SerialVerdict.Raised(written.Next, WentBack: false);
    }

    private static SerialVerdict Forward(Serial written, Serial served, SerialOptions options)
    {
        if (written.StepsFrom(served) > LongestStep && !options.AllowJump)
            return new SerialVerdict.Refused(SerialFault.Jump);
        if (written.Value != 0)
            return new SerialVerdict.AsWritten(written);
        return options.Strict ? new SerialVerdict.Refused(SerialFault.Zero) : new SerialVerdict.Raised(served.Next, WentBack: false);
    }

    private static SerialFault FaultOf(Serial written, bool untouched)
    {
        if (written.Value == 0)
            return SerialFault.Zero;
        return untouched ? SerialFault.NotRaised : SerialFault.WentBack;
    }
}
