using Riad.Git.Objects;

namespace Riad.Git.Protocol;

/// <summary>The first answer of versions 0 and 1: every ref, and on the first line what the server can do.</summary>
/// <remarks>Source: gitprotocol-pack(5), "Reference Discovery"; gitprotocol-http(5), "Smart Clients".</remarks>
public static class RefAdvertisement
{
    private const string UploadCapabilities =
        "multi_ack multi_ack_detailed no-done thin-pack side-band side-band-64k ofs-delta shallow deepen-since deepen-not deepen-relative no-progress include-tag";

    private const string ReceiveCapabilities =
        "report-status report-status-v2 delete-refs side-band-64k quiet atomic ofs-delta push-options";

    /// <summary>Writes the answer to <c>GET info/refs?service=…</c>.</summary>
    /// <param name="output">Takes the lines.</param>
    /// <param name="service">Fetching lists HEAD and peeled tags too; pushing lists refs alone.</param>
    /// <param name="version">0 or 1.</param>
    /// <param name="listing">The refs.</param>
    /// <param name="agent">Name and version of the server, without spaces.</param>
    public static void Write(PktLineWriter output, GitService service, ProtocolVersion version, RefListing listing, string agent)
    {
        output.WriteText($"# service={service.Name()}");
        output.WriteFlush();
        if (version is ProtocolVersion.V1)
            output.WriteText("version 1");

        var capabilities = Capabilities(service, listing, agent);
        var first = true;
        foreach (var listed in Lines(service, listing))
        {
            output.WriteText(first ? $"{listed.Id} {listed.Name}\0{capabilities}" : $"{listed.Id} {listed.Name}");
            first = false;
        }
        if (first)
            output.WriteText($"{ObjectId.Zero} capabilities^{{}}\0{capabilities}");
        output.WriteFlush();
    }

    private static string Capabilities(GitService service, RefListing listing, string agent)
    {
        var served = service is GitService.UploadPack ? UploadCapabilities : ReceiveCapabilities;
        var head = service is GitService.UploadPack && listing.HeadTarget is { } target ? $" symref=HEAD:{target}" : "";
        return $"{served}{head} object-format=sha1 agent={agent}";
    }

    private static IEnumerable<(ObjectId Id, string Name)> Lines(GitService service, RefListing listing)
    {
        var fetching = service is GitService.UploadPack;
        if (fetching && !listing.HeadId.IsZero)
            yield return (listing.HeadId, "HEAD");
        foreach (var listed in listing.Refs)
        {
            yield return (listed.Id, listed.Name);
            if (fetching && !listed.Peeled.IsZero)
                yield return (listed.Peeled, $"{listed.Name}^{{}}");
        }
    }
}
