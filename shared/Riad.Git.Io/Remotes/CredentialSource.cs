using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Riad.Git.Protocol.Client;

namespace Riad.Git.Io.Remotes;

/// <summary>Where names and passwords for HTTP come from: files in the form of git-credential-store, then the program of GIT_ASKPASS.</summary>
/// <param name="files">Looked at in this order. One that does not exist has none.</param>
/// <param name="askProgram">Asked when no file knows; null for nobody.</param>
/// <remarks>Source: git-credential-store(1), "FILES"; gitcredentials(7), "REQUESTING CREDENTIALS".</remarks>
public sealed class CredentialSource(IReadOnlyList<string> files, string? askProgram)
{
    private const int MaxFileOctets = 1 << 20;
    private const int MaxAnswerCharacters = 4096;
    private static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(20);

    /// <summary>Knows nobody.</summary>
    public static CredentialSource None { get; } = new([], askProgram: null);

    /// <summary>What git itself would look at.</summary>
    /// <param name="environment">Gives a variable of the environment, or null.</param>
    public static CredentialSource OfGit(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var home = environment("HOME");
        var configuration = environment("XDG_CONFIG_HOME") is { Length: > 0 } set ? set : home is null ? null : Path.Combine(home, ".config");
        var files = new List<string>();
        if (home is not null)
            files.Add(Path.Combine(home, ".git-credentials"));
        if (configuration is not null)
            files.Add(Path.Combine(configuration, "git", "credentials"));
        return new(files, environment("GIT_ASKPASS") is { Length: > 0 } program ? program : null);
    }

    /// <summary>Finds a name and a password.</summary>
    /// <param name="site">For which site.</param>
    /// <param name="userName">Whose; null for anybody's.</param>
    /// <param name="mayAsk">False for a site that the operator did not name, such as one behind a redirection.</param>
    /// <exception cref="RemoteException">A file is there and cannot be read.</exception>
    internal SiteCredential? Find(Uri site, string? userName, bool mayAsk)
    {
        foreach (var file in files)
        {
            if (StoredCredentials.TryFind(ReadLines(file), site, userName, out var stored))
                return stored;
        }
        if (askProgram is null || !mayAsk)
            return null;
        var origin = site.GetLeftPart(UriPartial.Authority);
        if (userName is null && !TryAsk($"Username for '{origin}': ", out userName))
            return null;
        return TryAsk($"Password for '{site.Scheme}://{Uri.EscapeDataString(userName)}@{site.Authority}': ", out var password) ? new(userName, password) : null;
    }

    private static string[] ReadLines(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: <= MaxFileOctets } ? File.ReadAllLines(file) : [];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new RemoteException($"the credentials in {file} cannot be read ({refused.Message.TrimEnd('.')})", cause: refused);
        }
    }

    private bool TryAsk(string prompt, [NotNullWhen(true)] out string? answer)
    {
        answer = null;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(askProgram!, [prompt]) { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false });
            if (process is null)
                return false;
            process.StandardInput.Close();
            var reading = process.StandardOutput.ReadLineAsync();
            if (reading.Wait(AskPatience) && process.WaitForExit(AskPatience) && process.ExitCode == 0)
                answer = reading.Result;
            else
                process.Kill(entireProcessTree: true);
            return answer is { Length: > 0 and <= MaxAnswerCharacters };
        }
        catch (System.ComponentModel.Win32Exception refused)
        {
            throw new RemoteException($"GIT_ASKPASS names {askProgram}, which cannot be run ({refused.Message})", cause: refused);
        }
    }
}
