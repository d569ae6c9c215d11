using Riad.Dns.MasterFiles;
using Riad.Dns.Records;

namespace Riad.Dns.Zones.Checks;

/// <summary>Compares a zone's serial with the one before.</summary>
internal static class SerialCheck
{
    private const uint MaxStep = 1u << 30;

    /// <summary>A serial that goes back, or far ahead, is a suspicion. The same serial is none: whether that is right depends on what changed.</summary>
    public static void Run(Serial serial, ZoneReadOptions options, Suspicions suspicions)
    {
        if (options.Previous is not { } previous || serial == previous)
            return;
        if (!serial.IsNewerThan(previous))
        {
            var severity = options.StrictSerial ? Severity.Error : Severity.Warning;
            suspicions.Add(ZoneFault.SerialGoesBack, severity, suspicions.Apex, RrTypes.Soa.Code, default, CheckSentences.SerialGoesBack(serial, previous, options.StrictSerial));
        }
        else if (serial.StepsFrom(previous) > MaxStep && !options.AllowSerialJump)
            suspicions.Add(ZoneFault.SerialJumps, Severity.Error, suspicions.Apex, RrTypes.Soa.Code, default, CheckSentences.SerialJumps(serial, previous));
    }
}
