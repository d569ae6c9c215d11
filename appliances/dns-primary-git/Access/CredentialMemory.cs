using System.Security.Cryptography;
using System.Text;
using Riad.Core;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>Credentials that were right a moment ago: git shows them several times for each push. A mutable engine with one owner at a time.</summary>
/// <remarks>Only a keyed hash is kept, with a key that dies with the process: the memory's content is of no use to anybody.</remarks>
internal sealed class CredentialMemory(byte[] key, int mostCredentials)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private readonly Dictionary<Octets32, Elapsed> verified = [];
    private readonly Queue<Octets32> byAge = [];

    /// <summary>How many it remembers.</summary>
    public int Count => verified.Count;

    /// <summary>True when these were verified less than five minutes ago.</summary>
    public bool Knows(Credential credential, Elapsed now) =>
        verified.TryGetValue(HashOf(credential), out var at) && now - at < KeptFor;

    /// <summary>Remembers that these are right.</summary>
    public void Add(Credential credential, Elapsed now)
    {
        var hash = HashOf(credential);
        if (!verified.ContainsKey(hash))
            byAge.Enqueue(hash);
        verified[hash] = now;
        while (verified.Count > mostCredentials)
            verified.Remove(byAge.Dequeue());
    }

    /// <summary>Forgets everything: the users file changed.</summary>
    public void Clear()
    {
        verified.Clear();
        byAge.Clear();
    }

    // A name holds no colon, so name and password cannot be cut differently.
    private Octets32 HashOf(Credential credential)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{credential.Name}:{credential.Password}"), hash);
        return new(hash);
    }

    private readonly record struct Octets32(UInt128 First, UInt128 Second)
    {
        public Octets32(ReadOnlySpan<byte> octets)
            : this(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(octets), System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(octets[16..]))
        {
        }
    }
}
