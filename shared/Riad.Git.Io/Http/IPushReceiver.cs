using Riad.Git.Protocol;

namespace Riad.Git.Io.Http;

/// <summary>Decides what becomes of pushes.</summary>
public interface IPushReceiver
{
    /// <summary>Decides about a push and carries it out.</summary>
    /// <param name="push">Its objects are in quarantine: <see cref="Quarantine.Promote"/> keeps them, otherwise they are dropped afterwards.</param>
    /// <param name="stop">The client went. A push whose refs are being changed is finished all the same.</param>
    /// <returns>One outcome for each command. What it says is on disk when it is returned.</returns>
    Task<PushReport> ReceiveAsync(PushRequest push, CancellationToken stop);
}
