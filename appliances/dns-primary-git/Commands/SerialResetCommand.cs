using System.Globalization;
using Riad.Dns.Names;
using Riad.Dns.Records;
using Riad.DnsPrimaryGit.Pages;
using Riad.Git.Io;
using Riad.Host;
using Riad.Host.Dns;
using Riad.Host.Pages;
using Riad.Host.Settings;
using Riad.ZoneRepository.Journals;
using Riad.ZoneRepository.Serials;
using Riad.ZoneRepository.Serving;

namespace Riad.DnsPrimaryGit.Commands;

/// <summary><c>serial reset ZONE</c>: the steps that lead every secondary to a lower serial.</summary>
internal static class SerialResetCommand
{
    private static readonly Setting<DirectoryInfo> Repository = SettingOf.One(
        "--repository", "DIR", "The bare repository that is served.", (ValueReader<DirectoryInfo>)ValueOf.Folder, new("state/dns-primary-git/zones.git"));

    private static readonly Setting<string> To = SettingOf.Required("--to", "SERIAL", "The serial to come to: 1 to 4294967295.", (ValueReader<string>)ValueOf.Text);

    private static readonly Setting<DomainName> Zone = SettingOf.Argument("ZONE", "The zone.", (ValueReader<DomainName>)NameServerSettings.Zone);

    public static ToolCommand Definition { get; } = new()
    {
        Name = "serial reset",
        Summary = "Prints the serials to push one after the other, and how long to wait between them, until every secondary has a lower serial (RFC 1982, section 7).",
        Settings = [Repository, To, Zone],
        Examples = ["dns-primary-git serial reset example.org --to 2026112101 --repository /var/lib/dns-primary-git/zones.git"],
        Run = static (tool, _) => Task.FromResult(Run(tool)),
    };

    private static int Run(ToolServices tool)
    {
        if (!uint.TryParse(tool.Settings.Get(To), NumberStyles.None, CultureInfo.InvariantCulture, out var target) || target == 0)
            throw OperatorException.BadArguments("--to needs a number from 1 to 4294967295");
        var apex = tool.Settings.Get(Zone);
        var served = FindServed(tool.Settings.Get(Repository), apex);
        var steps = SerialReset.Plan(served, new(target));
        tool.Output.WriteLine($"{apex.ToStringWithoutFinalDot()} is served with serial {served.Serial}.");
        if (steps.IsEmpty)
            tool.Output.WriteLine("That is the serial asked for: nothing to do.");
        for (var step = 0; step < steps.Length; step++)
            tool.Output.WriteLine(Describe(step + 1, steps[step]));
        return ExitCode.Done;
    }

    private static string Describe(int number, SerialStep step)
    {
        var push = $"{number}. Push the zone with serial {step.Serial}{(step.IsJump ? " (with -o serial-jump)" : "")}";
        return step.WaitAtLeast == default
            ? $"{push}; then it is done."
            : $"{push}; then wait until every secondary has it: {Words.Span(step.WaitAtLeast)} when all is well, {Words.Span(step.WaitSurely)} to be sure.";
    }

    private static Soa FindServed(DirectoryInfo folder, DomainName apex)
    {
        try
        {
            var repository = Git.Io.Repository.Open(folder.FullName);
            _ = repository.TryReadRef(JournalFormat.Ref, out var tip);
            if (!Journal.TryRead(repository, tip, out var journal, out var error))
                throw OperatorException.CannotRun($"the journal of {repository.Path} cannot be read: {error}");
            return StartUp.Restore(repository, journal).Zones.TryGetValue(apex, out var version)
                ? version.Zone.Soa
                : throw OperatorException.CannotRun($"{apex.ToStringWithoutFinalDot()} is not served from {repository.Path}");
        }
        catch (RepositoryRefusedException refusal)
        {
            throw OperatorException.CannotRun(refusal.Message, refusal);
        }
    }
}
