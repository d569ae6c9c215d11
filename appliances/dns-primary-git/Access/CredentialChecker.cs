using Riad.Core;
using Riad.Host;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>Verifies credentials: few at a time, guessers slowly, right ones remembered for a while.</summary>
internal sealed class CredentialChecker : IDisposable
{
    private const int MostGuessers = 10_000;
    private const int MostRemembered = 1000;
    private const int MostWaiting = 64;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly HostClock clock;
    private readonly Lock deciding = new();
    private readonly GuessThrottle throttle = new(MostGuessers);
    private readonly CredentialMemory memory;
    private readonly PasswordHash nobody;
    // One core stays free for answering.
    private readonly SemaphoreSlim hashing = new(Math.Max(1, Environment.ProcessorCount / 2));
    private UserTable users;
    private int waiting;

    /// <summary>Begins with these users.</summary>
    public CredentialChecker(UserTable users, HostClock clock, IRandom random, int iterationsOfNobody = PasswordHash.PresentIterations)
    {
        this.users = users;
        this.clock = clock;
        var key = new byte[32];
        random.Fill(key);
        memory = new(key, MostRemembered);
        // What an unknown name is compared with, so that it takes as long as a known one.
        nobody = PasswordHash.Create(Convert.ToHexString(key), key.AsSpan(0, PasswordHash.SaltOctets), iterationsOfNobody);
    }

    /// <summary>Takes other users, and forgets who was verified by the old ones.</summary>
    public void Replace(UserTable next)
    {
        lock (deciding)
        {
            users = next;
            memory.Clear();
        }
    }

    /// <summary>Verifies a credential.</summary>
    /// <param name="credential">As sent.</param>
    /// <param name="client">Who is slowed down when it is wrong: an address, or an IPv6 /64.</param>
    /// <param name="cancellation">The client left.</param>
    public async Task<CredentialVerdict> CheckAsync(Credential credential, IpAddress client, CancellationToken cancellation)
    {
        UserTable asked;
        lock (deciding)
        {
            asked = users;
            if (memory.Knows(credential, clock.Elapsed))
                return new CredentialVerdict.Right(credential.Name);
            if (waiting >= MostWaiting)
                return new CredentialVerdict.Later(Soon);
            if (!throttle.TryBegin(client, clock.Elapsed, out var wait))
                return new CredentialVerdict.Later(wait);
            waiting++;
        }
        try
        {
            if (!await VerifyAsync(asked, credential, cancellation))
                return new CredentialVerdict.Wrong();
        }
        finally
        {
            lock (deciding)
                waiting--;
        }
        Remember(asked, credential, client);
        return new CredentialVerdict.Right(credential.Name);
    }

    /// <inheritdoc/>
    public void Dispose() => hashing.Dispose();

    private async Task<bool> VerifyAsync(UserTable asked, Credential credential, CancellationToken cancellation)
    {
        await hashing.WaitAsync(cancellation);
        try
        {
            var isKnown = asked.TryFind(credential.Name, out var hash);
            var isRight = await Task.Run(() => (hash ?? nobody).Verify(credential.Password), CancellationToken.None);
            return isKnown && isRight;
        }
        finally
        {
            hashing.Release();
        }
    }

    private void Remember(UserTable asked, Credential credential, IpAddress client)
    {
        lock (deciding)
        {
            throttle.Succeeded(client);
            // The file may have changed while we hashed: then the next request hashes again.
            if (ReferenceEquals(asked, users))
                memory.Add(credential, clock.Elapsed);
        }
    }
}
