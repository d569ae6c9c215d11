using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Riad.Dns.Names;
using Riad.Host;
using Riad.ZoneRepository.Copies;

namespace Riad.DnsSecondary.Keeping;

/// <summary>The file of the last contacts. Replaced whole, so that a crash leaves the old one or the new one.</summary>
internal sealed class ContactFile(string path)
{
    private byte[] written = [];

    /// <summary>Reads it. Without it, or where it is damaged, the accounts of the copies tell less recent contacts.</summary>
    public ImmutableDictionary<DomainName, ZoneContact> Read(ILogger log)
    {
        try
        {
            if (!File.Exists(path))
                return ImmutableDictionary<DomainName, ZoneContact>.Empty;
            if (!ContactBook.TryParse(File.ReadAllBytes(path), out var contacts, out var line))
                log.LogError("state damaged, so some zones count as older than they are file={File} line={Line}", path, line);
            return contacts;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogError("state damaged, so zones count as older than they are file={File} reason={Reason}", path, exception.Message.TrimEnd('.'));
            return ImmutableDictionary<DomainName, ZoneContact>.Empty;
        }
    }

    /// <summary>Writes it, if it says something new.</summary>
    /// <exception cref="IOException">The disk is full, or the like: the old one stays.</exception>
    public void Write(IEnumerable<ZoneContact> contacts)
    {
        var octets = ContactBook.Print(contacts);
        if (octets.AsSpan().SequenceEqual(written))
            return;
        DurableFile.Replace(path, octets);
        written = octets;
    }
}
