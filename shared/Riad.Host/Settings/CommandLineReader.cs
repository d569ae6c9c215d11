using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Riad.Core;

namespace Riad.Host.Settings;

/// <summary>Reads an appliance's command line. Pure: arguments, environment and kernel line in, one decision out.</summary>
/// <remarks>
/// System.CommandLine cuts the arguments into commands, options and texts; the settings themselves read the texts, so
/// that a value from the environment goes through the same door. Its invocation is not used: it prints stack traces
/// and gives SIGTERM two seconds.
/// </remarks>
internal sealed class CommandLineReader
{
    private const string Serve = "serve";

    private static readonly ParserConfiguration Plain = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    private readonly ApplianceDefinition definition;
    private readonly Command root;
    private readonly Dictionary<Command, Branch> branches = [];
    private readonly HashSet<Setting> known = [];

    /// <summary>Prepares the commands of an appliance.</summary>
    public CommandLineReader(ApplianceDefinition definition)
    {
        this.definition = definition;
        root = new(definition.Name);
        AddBranch(new(Serve, definition.ServeSettings, Tool: null));
        foreach (var tool in definition.AllTools)
            AddBranch(new(tool.Name, tool.Settings, tool));
    }

    /// <summary>Decides what a command line asks for.</summary>
    public Invocation Read(string[] args, GivenElsewhere elsewhere)
    {
        if (args.Contains("--version", StringComparer.Ordinal))
            return new Invocation.Print(ApplianceVersion.Current.Describe(definition.Name));
        if (args is ["help", .. var words])
            args = [.. words, "--help"];
        if (args.Any(text => text is "--help" or "-h" or "-?"))
            return new Invocation.Print(Help([.. args.TakeWhile(text => !text.StartsWith('-'))]));
        if (args is [] or [['-', ..], ..])
            args = [Serve, .. args];

        var result = CommandLineParser.Parse(root, args, Plain);
        if (!branches.TryGetValue(result.CommandResult.Command, out var branch))
            return new Invocation.Refuse([RefuseCommand(result)]);
        if (Fault(branch, result, hasEnd: args.Contains("--", StringComparer.Ordinal)) is { } fault)
            return new Invocation.Refuse([fault]);
        return Type(branch, result, elsewhere);
    }

    private string Help(string[] words)
    {
        var name = string.Join(' ', words);
        return name is Serve ? HelpText.OfServe(definition)
            : definition.AllTools.FirstOrDefault(tool => tool.Name == name) is { } tool ? HelpText.OfTool(definition, tool)
            : HelpText.OfAppliance(definition);
    }

    private void AddBranch(Branch branch)
    {
        var command = root;
        foreach (var word in branch.Name.Split(' '))
        {
            var next = command.Subcommands.FirstOrDefault(sub => sub.Name == word);
            if (next is null)
                command.Add(next = new(word));
            command = next;
        }
        foreach (var setting in branch.Settings)
        {
            known.Add(setting);
            if (setting.IsOption)
                command.Add(branch.AddOption(setting));
            else
                command.Add(branch.AddArgument(setting));
        }
        branches.Add(command, branch);
    }

    private string RefuseCommand(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var prefix = command == root ? "" : command.Name + " ";
        var commands = string.Join(", ", branches.Values.Where(branch => branch.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(branch => $"'{branch.Name}'"));
        return result.UnmatchedTokens is [var word, ..]
            ? $"'{OneLine.Escape(prefix + word)}' is not a command; write one of {commands}"
            : $"'{prefix.TrimEnd()}' needs a further word; write one of {commands}";
    }

    private string? Fault(Branch branch, ParseResult result, bool hasEnd)
    {
        // An unknown option passes for an argument where arguments are taken; whoever means an argument writes '--' first.
        var hyphened = hasEnd ? null : branch.ArgumentTexts(result).FirstOrDefault(text => text is ['-', _, ..]);
        if ((hyphened ?? (result.UnmatchedTokens is [var first, ..] ? first : null)) is { } unknown)
        {
            var hint = NearestName.Find(unknown.Split('=')[0], branch.Settings.Where(setting => setting.IsOption).Select(setting => setting.Name)) is { } nearest
                ? $"write {nearest}"
                : $"'{definition.Name} {branch.Name} --help' lists what is";
            return $"'{OneLine.Escape(unknown)}' is not an option of '{branch.Name}'; {hint}";
        }
        foreach (var (setting, option) in branch.Options)
        {
            var given = result.GetResult(option);
            if (given is null || setting.Shape is SettingShape.Switch)
                continue;
            if (given.IdentifierTokenCount > given.Tokens.Count)
                return $"{setting.Name} has no value; write {setting.Name} {setting.ValueName}";
            if (setting.Shape is SettingShape.One && given.Tokens.Count > 1)
                return $"{setting.Name} is given {given.Tokens.Count} times; write it once";
        }
        // Missing arguments are named by the settings themselves, in our words.
        return result.Errors.Select(error => error.SymbolResult is ArgumentResult ? null : error.Message).FirstOrDefault(message => message is not null);
    }

    private Invocation Type(Branch branch, ParseResult result, GivenElsewhere elsewhere)
    {
        var faults = elsewhere.Unknown(known).Select(RefuseUnknown).ToList();
        var values = new Dictionary<Setting, object?>();
        var allGiven = new HashSet<Setting>();
        foreach (var setting in branch.Settings)
        {
            var source = setting.Name;
            var texts = branch.Given(setting, result);
            if (texts.IsDefault)
                texts = setting.IsOption && elsewhere.TryFind(setting, out source, out var found) ? found : [];
            if (!setting.TryRead(texts, out var value, out var fault))
                faults.Add($"{(texts.IsEmpty ? setting.Name : source)}: {fault}");
            values.Add(setting, value);
            if (!texts.IsEmpty)
                allGiven.Add(setting);
        }
        if (faults.Count > 0)
            return new Invocation.Refuse(faults.ToSeq());
        var settings = new SettingValues(values, allGiven);
        return branch.Tool is { } tool ? new Invocation.Tool(tool, settings) : new Invocation.Serve(settings);
    }

    private string RefuseUnknown(string unknown)
    {
        var names = known.Where(setting => setting.IsOption).SelectMany(setting => (string[])[setting.EnvironmentName, setting.KernelName]);
        return NearestName.Find(unknown, names) is { } nearest
            ? $"{OneLine.Escape(unknown)} sets nothing here; write {nearest}"
            : $"{OneLine.Escape(unknown)} sets nothing here; remove it";
    }

    /// <summary>A command with its settings, and what System.CommandLine knows each of them as.</summary>
    private sealed record Branch(string Name, ImmutableArray<Setting> Settings, ToolCommand? Tool)
    {
        public Dictionary<Setting, Option<string[]>> Options { get; } = [];

        private Dictionary<Setting, Argument<string[]>> Arguments { get; } = [];

        public Option<string[]> AddOption(Setting setting)
        {
            var arity = setting.Shape is SettingShape.Switch ? ArgumentArity.Zero : ArgumentArity.ZeroOrMore;
            return Options[setting] = new(setting.Name) { Arity = arity, AllowMultipleArgumentsPerToken = false };
        }

        public Argument<string[]> AddArgument(Setting setting)
        {
            var arity = setting.Shape is SettingShape.Arguments ? ArgumentArity.ZeroOrMore : ArgumentArity.ZeroOrOne;
            return Arguments[setting] = new(setting.Name) { Arity = arity };
        }

        public IEnumerable<string> ArgumentTexts(ParseResult result) =>
            Arguments.Values.SelectMany(argument => result.GetResult(argument)?.Tokens.Select(token => token.Value) ?? []);

        /// <summary>The texts that were given on the command line; default when an option was not given.</summary>
        public ImmutableArray<string> Given(Setting setting, ParseResult result)
        {
            if (Arguments.TryGetValue(setting, out var argument))
                return [.. result.GetResult(argument)?.Tokens.Select(token => token.Value) ?? []];
            var given = result.GetResult(Options[setting]);
            if (given is null or { Implicit: true })
                return default;
            return setting.Shape is SettingShape.Switch ? ["true"] : [.. given.Tokens.Select(token => token.Value)];
        }
    }
}
