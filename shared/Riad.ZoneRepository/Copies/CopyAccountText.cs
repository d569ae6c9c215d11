using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Riad.Core;
using Riad.Dns.Names;
using Riad.Dns.Secondary;
using Riad.ZoneRepository.Files;
using Riad.ZoneRepository.Journals;

namespace Riad.ZoneRepository.Copies;

/// <summary>The account of a copy as text: a word and its value on each line, in fixed order.</summary>
/// <remarks>
/// <code>
/// zone example.org.
/// because given
/// serial 2026112002
/// primary 192.0.2.1:53
/// contact 2026-11-21T16:11:17Z
/// expires 2026-12-05T16:11:17Z
/// </code>
/// The other second lines are <c>because catalog</c>, <c>because learned</c> and <c>because entry 6162 of catalog.test.</c>, the
/// entry's label in hexadecimal digits.
/// </remarks>
public static class CopyAccountText
{
    /// <summary>The text of an account.</summary>
    public static byte[] Print(CopyAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return Encoding.UTF8.GetBytes(
            $"zone {account.Apex}\nbecause {PrintOrigin(account.Origin)}\nserial {account.Serial}\nprimary {PathText.Print(account.Primary)}\n"
            + $"contact {CopyTime.Print(account.Contact)}\nexpires {CopyTime.Print(account.Expires)}\n");
    }

    /// <summary>Reads the text of an account.</summary>
    /// <param name="octets">Anything.</param>
    /// <param name="account">Null on failure.</param>
    public static bool TryParse(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out CopyAccount? account)
    {
        account = null;
        var lines = Encoding.UTF8.GetString(octets).Split('\n');
        if (lines is not [var zone, var because, var serialText, var primaryText, var contactText, var expiresText, ""]
            || !JournalZoneText.TryTake(zone, "zone ", out var name) || !DomainName.TryParseAbsolute(name, out var apex)
            || !JournalZoneText.TryTake(because, "because ", out var originText) || ParseOrigin(originText) is not { } origin
            || !JournalZoneText.TryTake(serialText, "serial ", out var number) || !JournalZoneText.TryParseSerial(number, out var serial)
            || !JournalZoneText.TryTake(primaryText, "primary ", out var primary)
            || !JournalZoneText.TryTake(contactText, "contact ", out var contactTime) || !CopyTime.TryParse(contactTime, out var contact)
            || !JournalZoneText.TryTake(expiresText, "expires ", out var expiresTime) || !CopyTime.TryParse(expiresTime, out var expires))
        {
            return false;
        }
        account = new(apex, origin, serial, primary, contact, expires);
        return true;
    }

    private static string PrintOrigin(ZoneOrigin origin) => origin switch
    {
        ZoneOrigin.Given => "given",
        ZoneOrigin.Catalog => "catalog",
        ZoneOrigin.Learned => "learned",
        ZoneOrigin.Member(var catalog, var id, _) => $"entry {id} of {catalog}",
        _ => throw new UnreachableException(),
    };

    private static ZoneOrigin? ParseOrigin(string text) => text.Split(' ') switch
    {
        ["given"] => new ZoneOrigin.Given(),
        ["catalog"] => new ZoneOrigin.Catalog(),
        ["learned"] => new ZoneOrigin.Learned(),
        ["entry", var label, "of", var name] when DomainName.TryParseAbsolute(name, out var catalog) && TryParseHex(label, out var id) => new ZoneOrigin.Member(catalog, id, Group: null),
        _ => null,
    };

    private static bool TryParseHex(string text, out Octets octets)
    {
        octets = default;
        Span<byte> buffer = stackalloc byte[63];
        if (Convert.FromHexString(text, buffer, out var used, out var written) is not System.Buffers.OperationStatus.Done || used != text.Length || written == 0)
            return false;
        octets = new(buffer[..written]);
        return true;
    }
}
