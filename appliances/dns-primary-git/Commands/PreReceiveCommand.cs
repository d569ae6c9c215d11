using System.Globalization;
using Riad.Dns.Tsig;
using Riad.DnsPrimaryGit.Keys;
using Riad.DnsPrimaryGit.Serving;
using Riad.Git.Io;
using Riad.Git.Objects;
using Riad.Git.Protocol;
using Riad.Host;
using Riad.Host.Dns;
using Riad.Host.Settings;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serving;

namespace Riad.DnsPrimaryGit.Commands;

/// <summary><c>pre-receive</c>: the checks of a push for a repository that is pushed to through sshd.</summary>
/// <remarks>Source: githooks(5), pre-receive: lines of old value, new value and ref on standard input; push options in the environment.</remarks>
internal static class PreReceiveCommand
{
    private const int MostOptions = 100;

    private static readonly Setting<string> Branch = SettingOf.One("--branch", "NAME", "The branch that is served.", ValueOf.Text, "main");

    private static readonly Setting<bool> StrictSerials = SettingOf.One(
        "--serial", "RULE", "'next' or 'strict', as the server has it.", ValueOf.Choice(("next", false), ("strict", true)), fallback: false, "next");

    private static readonly Setting<bool> AllowForce = SettingOf.Switch("--allow-force", "Lets a push rewrite or delete the served branch, as the server has it.");

    public static ToolCommand Definition { get; } = new()
    {
        Name = "pre-receive",
        Summary = "Checks a push from inside a repository's pre-receive hook, and refuses it as the server would.",
        Settings = [Branch, StrictSerials, AllowForce, KeyFileSettings.AllowSha1],
        Examples = ["printf '#!/bin/sh\\nexec dns-primary-git pre-receive\\n' > zones.git/hooks/pre-receive && chmod +x zones.git/hooks/pre-receive"],
        Run = static (tool, _) => Task.FromResult(Run(tool)),
    };

    private static int Run(ToolServices tool)
    {
        if (Environment.GetEnvironmentVariable("GIT_DIR") is not { Length: > 0 } folder)
            throw OperatorException.BadArguments("this runs as a hook of a repository: write 'exec dns-primary-git pre-receive' into hooks/pre-receive");
        if (!PushOptions.TryParse(ReadOptions(), out var options, out var fault))
            throw OperatorException.CannotRun(fault);
        var served = $"refs/heads/{tool.Settings.Get(Branch)}";
        var repository = Repository.Open(folder);
        var objects = HookObjects.Open(repository, Environment.GetEnvironmentVariable("GIT_OBJECT_DIRECTORY"));
        var policy = new RefPolicy(served, tool.Settings.Get(AllowForce));
        while (tool.Input.ReadLine() is { } line)
        {
            if (line.Split(' ', 3) is not [var before, var after, var name] || !ObjectId.TryParse(before, out var old) || !ObjectId.TryParse(after, out var commit))
                throw OperatorException.BadArguments($"'{OneLine.Escape(line)}' is not a line of old value, new value and ref");
            if (policy.FindRefusal(new(old, commit, name), old, objects) is { } refusal)
                throw OperatorException.CannotRun($"{name}: {refusal}");
            if (name == served && !commit.IsZero && !IsGood(tool, repository, objects, commit, options))
                return ExitCode.CannotRun;
        }
        // Also a push of other branches only asked.
        return options.CheckOnly ? ExitCode.CannotRun : ExitCode.Done;
    }

    private static bool IsGood(ToolServices tool, Repository repository, IObjectStore objects, ObjectId commit, PushOptions options)
    {
        _ = repository.TryReadRef(JournalFormat.Ref, out var tip);
        if (!Journal.TryRead(repository, tip, out var journal, out var error))
            throw OperatorException.CannotRun($"the journal of {repository.Path} cannot be read: {error}");
        if (!Signature.TryCreate("dns-primary-git", "", tool.Clock.Now.Utc, out var signature))
            throw new System.Diagnostics.UnreachableException();
        var (served, strict) = (StartUp.Restore(repository, journal), tool.Settings.Get(StrictSerials));
        // The server sees the branch alone, and would keep the zones.
        var verdict = PushCheck.Judge(objects, served, commit, options with { DeleteZones = false }, strict, signature);
        foreach (var line in verdict.Lines)
            tool.Error.WriteLine(OneLine.Escape(line));
        if (options.DeleteZones && verdict is PushVerdict.Refused && !PushCheck.Judge(objects, served, commit, options, strict, signature).Lines.SequenceEqual(verdict.Lines))
            tool.Error.WriteLine("-o delete-zones does not reach the server from here; write the line 'Delete-Zones: yes' into a commit's message instead");
        foreach (var trouble in KeyTree.OfCommit(objects, commit, tool.Settings.Get(KeyFileSettings.AllowSha1)).Troubles(TsigKeys.None))
            tool.Error.WriteLine($"warning: {trouble}");
        return verdict is PushVerdict.Accepted { CheckOnly: false };
    }

    private static IEnumerable<string> ReadOptions()
    {
        _ = int.TryParse(Environment.GetEnvironmentVariable("GIT_PUSH_OPTION_COUNT"), NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        return Enumerable.Range(0, Math.Min(count, MostOptions))
            .Select(index => Environment.GetEnvironmentVariable(string.Create(CultureInfo.InvariantCulture, $"GIT_PUSH_OPTION_{index}")) ?? "");
    }
}
