using Riad.Host.Init;
using Riad.Host.Settings;
using Riad.Net;

namespace Riad.Host;

/// <summary>One run of an appliance's program, in given surroundings.</summary>
internal sealed class ApplianceProcess(ApplianceDefinition definition, Surroundings surroundings)
{
    /// <summary>Reads the arguments and does what they ask for.</summary>
    public async Task<int> RunAsync(string[] args)
    {
        try
        {
            var invocation = new CommandLineReader(definition).Read(args, surroundings.Elsewhere);
            // All that is wrong at once: each try costs the operator of a machine a restart.
            if (!surroundings.FaultsOfMachine.IsEmpty)
                return await EndAsync([.. surroundings.FaultsOfMachine, .. invocation is Invocation.Refuse refused ? refused.Sentences : []], ExitCode.BadArguments);
            return invocation switch
            {
                Invocation.Serve(var values) => await new ServingProcess(definition, surroundings, values).RunAsync(),
                Invocation.Tool(var tool, var values) => await RunToolAsync(tool, values),
                Invocation.Print(var text) => Print(text),
                Invocation.Refuse(var sentences) => await EndAsync([.. sentences], ExitCode.BadArguments),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (OperatorException exception)
        {
            return await EndAsync([exception.Message], exception.ExitCode);
        }
        catch (NetworkException exception)
        {
            return await EndAsync([exception.Message], ExitCode.CannotRun);
        }
        catch (Exception exception)
        {
            return Refuse([$"a bug: {exception}"], ExitCode.Bug);
        }
    }

    // On a machine of its own nobody reads an exit code.
    private Task<int> EndAsync(string[] sentences, int code) => surroundings.IsMachine
        ? new FaultService(definition.Name, definition.Common, surroundings).RunAsync([.. sentences.Distinct(StringComparer.Ordinal)], code)
        : Task.FromResult(Refuse(sentences, code));

    private async Task<int> RunToolAsync(ToolCommand tool, SettingValues values)
    {
        using var stop = new CancellationTokenSource();
        using var signals = surroundings.ListenToSignals(_ => stop.Cancel());
        var services = new ToolServices
        {
            Settings = values,
            Input = surroundings.Input,
            Output = surroundings.Output,
            Error = surroundings.Error,
            Clock = new(surroundings.Clock),
            Random = new SystemRandom(),
            ReadHiddenLine = surroundings.ReadHiddenLine,
        };
        try
        {
            return await tool.Run(services, stop.Token);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refuse([exception.Message.TrimEnd('.')], ExitCode.CannotRun);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Refuse(["stopped before it was done"], ExitCode.CannotRun);
        }
    }

    private int Print(string text)
    {
        surroundings.Output.Write(text);
        surroundings.Output.Flush();
        return ExitCode.Done;
    }

    private int Refuse(string[] sentences, int code)
    {
        foreach (var sentence in sentences)
            surroundings.Error.WriteLine($"{definition.Name}: {OneLine.Escape(sentence)}");
        surroundings.Error.Flush();
        return code;
    }
}
