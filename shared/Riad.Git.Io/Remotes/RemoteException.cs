namespace Riad.Git.Io.Remotes;

/// <summary>A remote could not be used. The message is one sentence for the operator, without a password in it.</summary>
public sealed class RemoteException : Exception
{
    internal RemoteException(string sentence, bool mayHaveHappened = false, Exception? cause = null) : base(sentence, cause) =>
        MayHaveHappened = mayHaveHappened;

    /// <summary>A push had begun to be sent: whether the remote carried it out is not known.</summary>
    public bool MayHaveHappened { get; }
}
