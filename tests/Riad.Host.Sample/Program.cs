using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Riad.Core;
using Riad.Host;
using Riad.Host.Http;
using Riad.Host.Sample;
using Riad.Host.Sandbox;
using Riad.Host.Settings;

// The smallest appliance: what the tests of Riad.Host run as a process of its own.
var readFailure = ValueOf.Choice(("never", "never"), ("at-once", "at-once"), ("early", "early"), ("start", "start"), ("later", "later"), ("linger", "linger"), ("sleep", "sleep"));
var fail = SettingOf.One("--fail", "HOW", "Which failure to show.", (string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? instead) =>
{
    // Asked for before anybody listens to signals.
    if (text is "at-once")
        Attempts.AskOwnProcessToEnd();
    return readFailure(text, out value, out instead);
}, "never");
var note = SettingOf.Optional("--note", "FILE", "A file to read.", (ValueReader<FileInfo>)ValueOf.File);
var starts = SettingOf.Optional("--starts", "PROGRAM", "The only program that it may start.", (ValueReader<string>)ValueOf.Text);
var word = SettingOf.Argument("WORD", "What to say.", (ValueReader<string>)ValueOf.Text);
var anyPort = new IpEndpoint(new(new IPv4Address(0x7f00_0001)), 0);

Attempts.BeginEarly(isDeaf: Environment.GetEnvironmentVariable("SAMPLE_IS_DEAF") is not null);
return await Appliance.RunAsync(args, new()
{
    Name = "sample",
    Summary = "Shows what every appliance does.",
    DefaultHttp = [anyPort],
    Examples = ["sample --http 127.0.0.1:8300"],
    Settings = [fail, note, starts],
    Tools = [new() { Name = "say", Summary = "Says a word.", Settings = [word], Run = Say }, new() { Name = "secret show", Summary = "Shows a secret.", Run = ShowSecret }, .. MachineParts.All],
    Needs = NeedsOf,
    Serve = ServeAsync,
});

SandboxNeeds NeedsOf(SettingValues settings)
{
    // Asked for before anything is open.
    if (settings.Get(fail) is "early")
        Attempts.AskOwnProcessToEnd();
    return new() { Programs = settings.Get(starts) is { } program ? [program] : [] };
}

async Task ServeAsync(HostServices host, CancellationToken stop)
{
    var how = host.Settings.Get(fail);
    if (how is "start")
        throw new InvalidOperationException("a bug at the start");
    host.OnReload(_ =>
    {
        host.Log.LogInformation("read again what={What}", "two words");
        return Task.CompletedTask;
    });
    host.Http.Mount("/", context => PlainAnswer.WriteAsync(context, 200, "sample"));
    host.Http.Mount("/attempts", async context => await PlainAnswer.WriteAsync(context, 200, await Attempts.OnEveryThreadAsync(Attempts.Call)));
    host.Http.Mount("/writes", async context =>
    {
        var path = context.Request.Path.Value!;
        await PlainAnswer.WriteAsync(context, 200, await Attempts.OnEveryThreadAsync(() => Attempts.Write(path)));
    });
    host.Http.Mount("/write", context => PlainAnswer.WriteAsync(context, 200, Attempts.Write(context.Request.Path.Value!)));
    host.Http.Mount("/read", context => PlainAnswer.WriteAsync(context, 200, Attempts.Read(context.Request.Path.Value!)));
    host.Http.Mount("/start", context => PlainAnswer.WriteAsync(context, 200, Attempts.Start(context.Request.Path.Value!)));
    host.Http.Mount("/slow", async context =>
    {
        // What is read of it tells the client that the rest is under way.
        await context.Response.WriteAsync("slow ", CancellationToken.None);
        await context.Response.Body.FlushAsync(CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        await context.Response.WriteAsync("and whole", CancellationToken.None);
    });
    await host.Http.OpenAsync(stop);
    if (how is "later")
        host.Background.Run("later", _ => throw new InvalidOperationException("a bug later"));
    host.Ready(["sample nowhere"]);
    if (how is "sleep")
        Attempts.StopOwnProcess();
    await Task.Delay(Timeout.Infinite, how is "linger" ? CancellationToken.None : stop);
}

async Task<int> Say(ToolServices tool, CancellationToken stop)
{
    await tool.Output.WriteLineAsync(tool.Settings.Get(word).AsMemory(), stop);
    return ExitCode.Done;
}

static async Task<int> ShowSecret(ToolServices tool, CancellationToken stop)
{
    await tool.Output.WriteLineAsync(tool.ReadSecret("Secret").AsMemory(), stop);
    return ExitCode.Done;
}
