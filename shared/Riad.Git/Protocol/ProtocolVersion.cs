namespace Riad.Git.Protocol;

/// <summary>A version of Git's wire protocol.</summary>
public enum ProtocolVersion
{
    /// <summary>The original one: the server begins with all its refs.</summary>
    V0,

    /// <summary>The original one with a line <c>version 1</c> in front.</summary>
    V1,

    /// <summary>The server begins with what it can do, and the client asks for the refs it wants.</summary>
    V2,
}

/// <summary>How a client asks for a version.</summary>
public static class ProtocolVersions
{
    /// <summary>Reads the header <c>Git-Protocol</c>.</summary>
    /// <param name="header">Keys and values such as <c>version=2:some-key=value</c>; null when the client sent none.</param>
    /// <returns>The highest version that is asked for and known; version 0 otherwise.</returns>
    /// <remarks>Source: gitprotocol-http, "Smart Service git-upload-pack"; gitprotocol-v2, "Initial Client Request".</remarks>
    public static ProtocolVersion Read(string? header)
    {
        var version = ProtocolVersion.V0;
        foreach (var entry in (header ?? "").Split(':'))
        {
            var asked = entry switch
            {
                "version=2" => ProtocolVersion.V2,
                "version=1" => ProtocolVersion.V1,
                _ => ProtocolVersion.V0,
            };
            if (asked > version)
                version = asked;
        }
        return version;
    }
}
