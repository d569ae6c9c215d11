using System.Diagnostics.CodeAnalysis;
using Riad.ZoneRepository.Files;

namespace Riad.ZoneRepository.Serving;

/// <summary>What the person who pushes allows with <c>git push -o NAME</c>.</summary>
/// <param name="CheckOnly"><c>-o check</c>: say what would happen, and change nothing.</param>
/// <param name="DeleteZones"><c>-o delete-zones</c>: more than one zone may be removed.</param>
/// <param name="SerialJump"><c>-o serial-jump</c>: a serial may go forward by more than 2³⁰.</param>
public readonly record struct PushOptions(bool CheckOnly, bool DeleteZones, bool SerialJump)
{
    /// <summary>Reads push options.</summary>
    /// <param name="written">One for each -o.</param>
    /// <param name="options">The default on failure.</param>
    /// <param name="fault">One line for the person who pushed; null on success.</param>
    public static bool TryParse(IEnumerable<string> written, out PushOptions options, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(written);
        options = default;
        fault = null;
        foreach (var option in written)
        {
            switch (option)
            {
                case "check": options = options with { CheckOnly = true }; break;
                case "delete-zones": options = options with { DeleteZones = true }; break;
                case "serial-jump": options = options with { SerialJump = true }; break;
                default:
                    options = default;
                    fault = $"'{PathText.Print(option)}' is not a push option; there are check, delete-zones and serial-jump";
                    return false;
            }
        }
        return true;
    }
}
