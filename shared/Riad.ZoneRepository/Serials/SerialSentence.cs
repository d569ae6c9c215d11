using Riad.Dns.Records;

namespace Riad.ZoneRepository.Serials;

/// <summary>What is said of serials to the person who pushed.</summary>
internal static class SerialSentence
{
    public static string Of(SerialFault fault, Serial written, LastSerial last) => fault switch
    {
        SerialFault.NotRaised => $"records changed, and serial {written} was served already; write {last.Served.Next} or a later one (--serial strict)",
        SerialFault.WentBack => $"serial {written} is older than {last.Served}, which was served; write {last.Served.Next} or a later one (--serial strict)",
        SerialFault.Zero => $"serial 0 is never served; write {last.Served.Next} or a later one (--serial strict)",
        SerialFault.Jump => $"serial {written} is more than 2^30 ahead of {last.Served}, which was served; write a nearer one, or push with -o serial-jump",
    };

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
