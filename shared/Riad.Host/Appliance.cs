using Riad.Host.Init;

namespace Riad.Host;

/// <summary>Runs an appliance as a process.</summary>
public static class Appliance
{
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(2);

    /// <summary>Reads the command line, runs what it asks for, and gives the exit code (see <see cref="ExitCode"/>).</summary>
    public static async Task<int> RunAsync(string[] args, ApplianceDefinition definition)
    {
        if (MachineProcess.IsThis)
        {
            using var machine = new MachineProcess(definition, args);
            return await machine.RunAsync();
        }
        EarlySignals.EndProcess();
        var code = await new ApplianceProcess(definition, Surroundings.OfThisProcess()).RunAsync(args);
        EndSoon(code);
        return code;
    }

    // A thread that was left behind must not keep a process alive that has said goodbye.
    private static void EndSoon(int code) => new Thread(() =>
    {
        Thread.Sleep(Lingering);
        Environment.Exit(code);
    })
    { IsBackground = true, Name = "end" }.Start();
}
