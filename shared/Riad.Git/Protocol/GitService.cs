namespace Riad.Git.Protocol;

/// <summary>What a git client asks of a server.</summary>
public enum GitService
{
    /// <summary>Clone and fetch.</summary>
    UploadPack,

    /// <summary>Push.</summary>
    ReceivePack,
}

/// <summary>The names of services in addresses and content types.</summary>
public static class GitServices
{
    /// <summary><c>git-upload-pack</c> or <c>git-receive-pack</c>.</summary>
    public static string Name(this GitService service) => service switch
    {
        GitService.UploadPack => "git-upload-pack",
        GitService.ReceivePack => "git-receive-pack",
    };

    /// <summary>Finds the service that <paramref name="name"/> names.</summary>
    public static bool TryParse(string? name, out GitService service)
    {
        service = name is "git-receive-pack" ? GitService.ReceivePack : GitService.UploadPack;
        return name is "git-upload-pack" or "git-receive-pack";
    }
}
