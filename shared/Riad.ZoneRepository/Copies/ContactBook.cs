using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Copies;

/// <summary>When a primary last confirmed a version of a zone.</summary>
/// <param name="Apex">The zone's name.</param>
/// <param name="Serial">The version.</param>
/// <param name="Contact">When, in whole seconds.</param>
/// <param name="Expires">When the zone expires unless a primary is heard, in whole seconds.</param>
public sealed record ZoneContact(DomainName Apex, Serial Serial, DateTimeOffset Contact, DateTimeOffset Expires);

/// <summary>The last contacts as text: they change with every refresh, so they stand in a file of their own and not in the history.</summary>
/// <remarks>
/// <code>
/// riad contacts 1
/// example.org. 2026112002 2026-11-21T16:11:17Z 2026-12-05T16:11:17Z
/// </code>
/// The name, the serial, the contact, the expiry.
/// </remarks>
public static class ContactBook
{
    private const string FirstLine = "riad contacts 1";

    /// <summary>The text.</summary>
    public static byte[] Print(IEnumerable<ZoneContact> contacts)
    {
        ArgumentNullException.ThrowIfNull(contacts);
        var text = new StringBuilder(FirstLine).Append('\n');
        foreach (var (apex, serial, contact, expires) in contacts)
            text.Append(CultureInfo.InvariantCulture, $"{apex} {serial} {CopyTime.Print(contact)} {CopyTime.Print(expires)}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads the text.</summary>
    /// <param name="octets">Anything.</param>
    /// <param name="contacts">By zone; those before the fault, on failure.</param>
    /// <param name="line">The first line that cannot be read, counted from 1; 0 on success.</param>
    public static bool TryParse(ReadOnlySpan<byte> octets, out ImmutableDictionary<DomainName, ZoneContact> contacts, out int line)
    {
        var found = ImmutableDictionary.CreateBuilder<DomainName, ZoneContact>();
        var lines = Encoding.UTF8.GetString(octets).Split('\n');
        line = lines is [FirstLine, .., ""] ? 0 : 1;
        for (var at = 1; line == 0 && at < lines.Length - 1; at++)
        {
            if (TryParseLine(lines[at], out var contact))
                found[contact.Apex] = contact;
            else
                line = at + 1;
        }
        contacts = found.ToImmutable();
        return line == 0;
    }

    private static bool TryParseLine(string text, [NotNullWhen(true)] out ZoneContact? contact)
    {
        contact = text.Split(' ') is [var name, var number, var contactTime, var expiresTime]
            && DomainName.TryParseAbsolute(name, out var apex) && JournalZoneText.TryParseSerial(number, out var serial)
            && CopyTime.TryParse(contactTime, out var at) && CopyTime.TryParse(expiresTime, out var expires)
                ? new(apex, serial, at, expires)
                : null;
        return contact is not null;
    }
}
