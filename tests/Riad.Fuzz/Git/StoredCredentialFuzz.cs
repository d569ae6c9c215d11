using System.Text;
using Riad.Git.Protocol.Client;

namespace Riad.Fuzz.Git;

/// <summary>A file of passwords gives one for its own site only, whatever is in it.</summary>
internal sealed class StoredCredentialFuzz : IFuzzTarget
{
    private static readonly Uri Site = new("https://forge.example/zones.git");

    public string Name => "git-stored-credentials";

    public IEnumerable<byte[]> Seeds => ["https://ada:s3cret%3A@forge.example\nhttps://bob:x@other.example"u8.ToArray(), "http://ada:x@forge.example:443"u8.ToArray(), "https://:@forge.example"u8.ToArray()];

    public void Run(ReadOnlySpan<byte> octets)
    {
        var text = Encoding.UTF8.GetString(octets);
        if (StoredCredentials.TryFind(text.Split('\n'), Site, userName: null, out var credential) && credential.UserName.Length == 0)
            throw new InvalidOperationException("a credential of nobody");
    }
}
