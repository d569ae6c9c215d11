using Riad.Git.Io;
using Riad.Host;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>Opens the repository that is served, and creates it when there is none.</summary>
internal static class RepositoryOpening
{
    private const string UsualName = "zones.git";
    private const string Format = "dns-primary-git 1";

    /// <summary>The repository of --repository, or zones.git in the state directory.</summary>
    public static Repository Open(HostServices host)
    {
        CheckFormat(host.State);
        var path = host.Settings.Get(PrimaryGitSettings.Repository)?.FullName ?? host.State.PathOf(UsualName);
        var branch = host.Settings.Get(PrimaryGitSettings.Branch);
        try
        {
            var repository = File.Exists(Path.Combine(path, "HEAD")) ? Repository.TakeOver(path) : Repository.Create(path, branch);
            // Not only when it was created here: the process may have ended between the two.
            if (host.Settings.Get(PrimaryGitSettings.Example) && repository.ReadRefs().IsEmpty)
                ExampleRepository.Fill(repository, branch, host.Clock.Now.Utc);
            return repository;
        }
        catch (RepositoryRefusedException refusal)
        {
            throw OperatorException.CannotRun(refusal.Message, refusal);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw OperatorException.CannotRun($"the repository {path} cannot be used ({OneLine.Escape(refused.Message.TrimEnd('.'))}); give --repository another one", refused);
        }
    }

    // So that a program that is older than its state says so instead of misreading it.
    private static void CheckFormat(StateDirectory state)
    {
        var found = StateFormat.Find(state.Folder.FullName);
        if (found is null)
            StateFormat.Write(state.Folder.FullName, Format);
        else if (found != Format)
            throw OperatorException.CannotRun($"the state directory {state.Folder} has the format '{OneLine.Escape(found)}', and this program knows '{Format}'; use the newer program");
    }
}
