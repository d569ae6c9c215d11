namespace Riad.Git.Protocol;

/// <summary>The first answer of version 2: what the server can do.</summary>
/// <remarks>Source: gitprotocol-v2(5), "Capability Advertisement".</remarks>
public static class CapabilityAdvertisement
{
    /// <summary>Writes the answer to <c>GET info/refs?service=git-upload-pack</c>.</summary>
    /// <param name="output">Takes the lines.</param>
    /// <param name="agent">Name and version of the server, without spaces.</param>
    public static void Write(PktLineWriter output, string agent)
    {
        output.WriteText("version 2");
        output.WriteText($"agent={agent}");
        output.WriteText("ls-refs=unborn");
        output.WriteText("fetch=shallow wait-for-done");
        output.WriteText("server-option");
        output.WriteText("object-format=sha1");
        output.WriteText("object-info");
        output.WriteFlush();
    }
}
