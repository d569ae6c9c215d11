using Riad.Dns.Records;

namespace Riad.ZoneRepository.Serials;

/// <summary>Under which serial a zone is served: a closed family.</summary>
public abstract record SerialVerdict
{
    private SerialVerdict()
    {
    }

    /// <summary>No record changed: what is served stays served.</summary>
    /// <param name="Serial">The served serial.</param>
    /// <param name="WentBack">The person wrote a serial that is not newer; worth a warning.</param>
    public sealed record Unchanged(Serial Serial, bool WentBack) : SerialVerdict;

    /// <summary>Served under the serial that the person wrote.</summary>
    /// <param name="Serial">Newer than every serial that was served before.</param>
    public sealed record AsWritten(Serial Serial) : SerialVerdict;

    /// <summary>Served under a serial of the server's own, since the written one is not newer than the last.</summary>
    /// <param name="Serial">The one after the last.</param>
    /// <param name="WentBack">The person wrote an older serial; worth a warning.</param>
    public sealed record Raised(Serial Serial, bool WentBack) : SerialVerdict;

    /// <summary>Not served.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Refused(SerialFault Fault) : SerialVerdict;
}
