using Riad.Dns.Records;

namespace Riad.ZoneRepository.Serials;

/// <summary>What is said of serials to the person who pushed.</summary>
internal static class SerialSentence
{
    /// <summary>Why a zone is refused for its serial, and what to do.</summary>
    /// <param name="fault">Why it is refused.</param>
    /// <param name="written">The serial in the file.</param>
    /// <param name="last">What was served.</param>
    /// <param name="isSigned">True when only the signer can choose a serial.</param>
    public static string Of(SerialFault fault, Serial written, LastSerial last, bool isSigned) => fault switch
    {
        SerialFault.NotRaised => $"records changed, and serial {written} was served already; {What(last, isSigned)}",
        SerialFault.WentBack => $"serial {written} is older than {last.Served}, which was served; {What(last, isSigned)}",
        SerialFault.Zero => $"serial 0 is never served; {What(last, isSigned)}",
        SerialFault.Jump => $"serial {written} is more than 2^30 ahead of {last.Served}, which was served; write a nearer one, or push with -o serial-jump",
    };

    private static string What(LastSerial last, bool isSigned) => isSigned
        ? $"the zone is signed, so the server cannot raise it: write {last.Served.Next} or a later one and sign the zone again"
        : $"write {last.Served.Next} or a later one (--serial strict)";

    public static string OfRaise(Serial written, LastSerial last)
    {
        if (written.Value == 0)
            return "the file says 0, which is never served, so the server chose the serial";
        return written == last.Served || written == last.Written
            ? $"the file still says {written}, so the server raised the serial; there is nothing to do"
            : $"the file says {written}, so the server raised the serial after {last.Served}; there is nothing to do";
    }

    public static string OfWayBack(Serial written, LastSerial last) =>
        $"serial {written} is not newer than {last.Served}, which was served; write {last.Served.Next} or a later one";
}
