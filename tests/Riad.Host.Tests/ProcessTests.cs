using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Riad.Host.Tests;

/// <summary>The sample appliance as a process of its own: what only a real process shows.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Ready_says_where_it_serves_and_SIGTERM_ends_it_with_0()
    {
        using var process = Start(["--state", folder.PathOf("state")]);
        var ready = await process.StandardOutput.ReadLineAsync();
        Assert.Matches(@"^ready: sample nowhere, http://127\.0\.0\.1:\d+/$", ready);
        using var client = new HttpClient();
        Assert.Equal("ok\n", await client.GetStringAsync(new Uri(Url(ready!) + "health")));

        Signal(process, "TERM");
        Assert.Equal(0, await ExitCodeAsync(process));
    }

    [Fact]
    public async Task A_signal_that_comes_before_anything_is_open_ends_it_with_0()
    {
        using var process = Start(["--fail", "early", "--state", folder.PathOf("state")]);

        Assert.Equal(0, await ExitCodeAsync(process));
        Assert.Contains("stopping", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [FirstProcessFact]
    public async Task The_first_process_of_a_container_ends_by_a_signal_that_comes_before_anybody_listens()
    {
        using var process = Start("unshare", ["--pid", "--fork", "--kill-child", Sample, "--fail", "at-once", "--state", folder.PathOf("state")], "");

        // The number of the signal: the kernel would drop it.
        Assert.Equal((15, ""), (await ExitCodeAsync(process), await process.StandardOutput.ReadToEndAsync()));
    }

    [FirstProcessFact]
    public async Task The_first_process_of_a_container_finishes_when_it_is_asked_to_end()
    {
        using var process = Start("unshare", ["--pid", "--fork", "--kill-child", Sample, "--state", folder.PathOf("state"), "--http", "127.0.0.1:0"], "");
        Assert.StartsWith("ready: ", await process.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);

        var inside = (await File.ReadAllTextAsync(FormattableString.Invariant($"/proc/{process.Id}/task/{process.Id}/children"))).Trim();
        using (var kill = Process.Start("sh", ["-c", $"kill -s TERM {inside}"]))
            await kill.WaitForExitAsync();
        Assert.Equal(0, await ExitCodeAsync(process));
        Assert.Contains("stopping", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_in_flight_is_answered_before_the_end()
    {
        using var process = Start(["--state", folder.PathOf("state")]);
        var url = Url((await process.StandardOutput.ReadLineAsync())!);
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(url + "slow"), HttpCompletionOption.ResponseHeadersRead);

        Signal(process, "TERM");
        Assert.Equal("slow and whole", await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, await ExitCodeAsync(process));
    }

    [Fact]
    public async Task Work_that_never_ends_is_cut_off_and_it_still_ends_with_0()
    {
        using var process = Start(["--fail", "linger", "--state", folder.PathOf("state")]);
        await process.StandardOutput.ReadLineAsync();

        Signal(process, "TERM");
        Assert.Equal(0, await ExitCodeAsync(process));
        Assert.Contains("cut off", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SIGHUP_reloads_and_systemd_hears_of_everything()
    {
        var path = folder.PathOf("notify");
        using var supervisor = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        supervisor.Bind(new UnixDomainSocketEndPoint(path));
        using var process = Start(["--state", folder.PathOf("state")], ("NOTIFY_SOCKET", path), ("JOURNAL_STREAM", "8:1"));

        Assert.Equal("READY=1", await HearAsync(supervisor));
        Signal(process, "HUP");
        Assert.Matches(@"^RELOADING=1\nMONOTONIC_USEC=\d+$", await HearAsync(supervisor));
        Assert.Equal("READY=1", await HearAsync(supervisor));
        Signal(process, "TERM");
        Assert.Equal("STOPPING=1", await HearAsync(supervisor));
        Assert.Equal(0, await ExitCodeAsync(process));
        Assert.Equal("<6>reloading\n<6>read again what=\"two words\"\n<6>stopping\n", await process.StandardError.ReadToEndAsync());
    }

    [Theory]
    [InlineData("start")]
    [InlineData("later")]
    public async Task A_bug_ends_the_process_with_a_line_that_says_so(string when)
    {
        using var process = Start(["--fail", when, "--state", folder.PathOf("state")]);

        Assert.Equal(70, await ExitCodeAsync(process));
        var line = Assert.Single((await process.StandardError.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("exception=InvalidOperationException", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_is_kept_out_of_the_state()
    {
        using var first = Start(["--state", folder.PathOf("state")]);
        await first.StandardOutput.ReadLineAsync();
        using var second = Start(["--state", folder.PathOf("state")]);

        Assert.Equal(1, await ExitCodeAsync(second));
        Assert.Equal(
            $"sample: the state directory {folder.PathOf("state")} is in use by process {first.Id}; stop that one or give --state another directory\n",
            await second.StandardError.ReadToEndAsync());
        Signal(first, "TERM");
        Assert.Equal(0, await ExitCodeAsync(first));
    }

    public static TheoryData<string, string[], int, string> Mistakes => new()
    {
        // why                            arguments                                              exit   sentence
        { "mistyped option",              ["--stat", "x"],                                       64,    "'--stat' is not an option of 'serve'; write --state" },
        { "state below a file",           ["--state", "/proc/version/x"],                        1,     "the state directory /proc/version/x cannot be written" },
        { "key without certificate",      ["--tls-key", "x"],                                    64,    "--tls-key is of no use alone; write --tls-certificate FILE too" },
        { "certificate that is missing",  ["--tls-key", "/nowhere", "--tls-certificate", "/nowhere"], 1, "--tls-certificate /nowhere with --tls-key /nowhere cannot be used" },
        { "an address that is not ours",  ["--http", "192.0.2.1:8300"],                          1,     "cannot listen for HTTP on 192.0.2.1:8300 (no interface has the address); give --http another address" },
        { "an empty secret",              ["secret", "show"],                                    64,    "the password is empty; write one line on standard input" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task A_mistake_of_the_operator_is_one_sentence(string why, string[] arguments, int exit, string sentence)
    {
        using var process = Start(arguments.Contains("--state", StringComparer.Ordinal) || arguments[0] is "secret" ? arguments : [.. arguments, "--state", folder.PathOf("state")]);

        Assert.Equal((why, exit), (why, await ExitCodeAsync(process)));
        var line = Assert.Single((await process.StandardError.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("sample: " + sentence, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_asks_the_appliance_that_runs_beside_it()
    {
        using var process = Start(["--state", folder.PathOf("state")]);
        var url = Url((await process.StandardOutput.ReadLineAsync())!);
        var endpoint = url["http://".Length..].TrimEnd('/');
        using var health = Start(["health"], ("RIAD_HTTP", endpoint));
        Assert.Equal((0, "ok\n"), (await ExitCodeAsync(health), await health.StandardOutput.ReadToEndAsync()));

        Signal(process, "TERM");
        Assert.Equal(0, await ExitCodeAsync(process));
        using var late = Start(["health", "--http", endpoint]);
        Assert.Equal(1, await ExitCodeAsync(late));
        Assert.StartsWith($"sample: sample does not answer on {endpoint}", await late.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string> Machines => new()
    {
        // why                            options                                        fault of the machine                        sentence
        { "an option of nobody",          "riad.stat=x",                                 "",                                         "sample does not run: riad.stat sets nothing here; write riad.state" },
        { "a fault of the machine",       "",                                            "riad.ipv4: 'x' will not do; write dhcp",   "sample does not run: riad.ipv4: 'x' will not do; write dhcp" },
        { "everything at once",           "riad.stat=x riad.fail=y riad.state=/",        "riad.ipv4: no\nriad.ntp: no",              "sample does not run: riad.ipv4: no\nsample does not run: riad.ntp: no\nsample does not run: riad.stat sets nothing here; write riad.state\nsample does not run: riad.fail: 'y' will not do; write one of never, at-once, early, start, later, linger, sleep" },
    };

    [Theory, MemberData(nameof(Machines))]
    public async Task A_machine_that_is_set_wrongly_says_so_and_waits(string why, string options, string fault, string sentence)
    {
        var file = folder.PathOf("options");
        await File.WriteAllTextAsync(file, $"riad.http=\"127.0.0.1:0\" {options}\n");
        using var process = Start([], ("MACHINE_OPTIONS", file), ("MACHINE_FAULT", fault));
        var waiting = await process.StandardOutput.ReadLineAsync();
        Assert.StartsWith("waiting: http://127.0.0.1:", waiting, StringComparison.Ordinal);
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(Url(waiting!)));
        Assert.Equal((why, 503, sentence + "\n"), (why, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));

        Signal(process, "TERM");
        Assert.Equal(0, await ExitCodeAsync(process));
        Assert.Equal(sentence + "\n", await process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task The_service_of_a_machine_is_set_by_the_machine()
    {
        var file = folder.PathOf("options");
        await File.WriteAllTextAsync(file, $"riad.http=\"127.0.0.1:0\" riad.state=\"{folder.PathOf("two words")}\"\n");
        using var process = Start([], ("MACHINE_OPTIONS", file));
        Assert.StartsWith("ready: ", await process.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        Assert.True(Directory.Exists(folder.PathOf("two words")));

        Signal(process, "TERM");
        Assert.Equal(0, await ExitCodeAsync(process));
    }

    [Fact]
    public async Task A_machine_without_a_disk_serves_and_says_that_nothing_is_kept()
    {
        var file = folder.PathOf("options");
        await File.WriteAllTextAsync(file, $"riad.http=\"127.0.0.1:0\" riad.state=\"{folder.PathOf("state")}\"\n");
        using var process = Start([], ("MACHINE_OPTIONS", file), ("MACHINE_NOTE", "there is no disk"));
        var url = Url((await process.StandardOutput.ReadLineAsync())!);
        using var client = new HttpClient();

        Assert.Equal("degraded\nmachine: there is no disk\n", await client.GetStringAsync(new Uri(url + "health")));
        Signal(process, "TERM");
        Assert.Equal(0, await ExitCodeAsync(process));
    }

    [Fact]
    public async Task A_forbidden_call_is_refused_on_every_thread()
    {
        using var process = Start(["--state", folder.PathOf("state")]);
        var url = Url((await process.StandardOutput.ReadLineAsync())!);
        using var client = new HttpClient();
        if (!File.ReadAllText($"/proc/{process.Id}/status").Contains("Seccomp:\t2\n", StringComparison.Ordinal))
        {
            // A kernel that has no filters; the process says so, and that is all it can do.
            Signal(process, "TERM");
            Assert.Contains("system calls are not filtered", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
            return;
        }

        // EPERM four times: ptrace, mount, execve, unshare.
        Assert.Equal(
            "early 1 1 1 1\nreading 1 1 1 1\nearly pool 1 1 1 1\nfinalizer 1 1 1 1\nhttp 1 1 1 1\npool 1 1 1 1\nown 1 1 1 1\n\n",
            await client.GetStringAsync(new Uri(url + "attempts")));
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{process.Id}/task"))
        {
            // Threads come and go while we look.
            if (TryReadAllText(thread + "/status") is { } status)
                Assert.Contains("Seccomp:\t2\n", status, StringComparison.Ordinal);
        }
        Signal(process, "TERM");
        Assert.Equal(0, await ExitCodeAsync(process));
    }

    [LandlockFact(least: int.MinValue, most: 1)]
    public async Task Where_the_kernel_cannot_close_files_that_is_a_reason_not_to_run()
    {
        using var process = Start(["--sandbox", "require", "--state", folder.PathOf("state")]);

        Assert.Equal(1, await ExitCodeAsync(process));
        Assert.StartsWith("sample: files outside its own are not closed off (Landlock): ", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [LandlockFact]
    public async Task Only_its_own_files_are_open_to_it()
    {
        using var probe = Start(["--sandbox", "require", "--state", folder.PathOf("state")]);
        var url = Url(await ReadyAsync(probe));
        Directory.CreateDirectory(folder.PathOf("elsewhere"));
        await File.WriteAllTextAsync(folder.PathOf("elsewhere/file"), "not yours");
        using var client = new HttpClient();

        Assert.Equal("written\n", await client.GetStringAsync(new Uri(url + "write" + folder.PathOf("state/file"))));
        Assert.Equal("UnauthorizedAccessException\n", await client.GetStringAsync(new Uri(url + "write" + folder.PathOf("elsewhere/file"))));
        Assert.Equal("UnauthorizedAccessException\n", await client.GetStringAsync(new Uri(url + "read" + folder.PathOf("elsewhere/file"))));
        Assert.Equal("UnauthorizedAccessException\n", await client.GetStringAsync(new Uri(url + "write/etc/passwd")));
        const string No = "UnauthorizedAccessException";
        Assert.Equal(
            $"early {No}\nreading {No}\nearly pool {No}\nfinalizer {No}\nhttp {No}\npool {No}\nown {No}\n\n",
            await client.GetStringAsync(new Uri(url + "writes" + folder.PathOf("elsewhere/file"))));
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{probe.Id}/task"))
        {
            // Without it a thread cannot have bound itself; threads come and go while we look.
            if (TryReadAllText(thread + "/status") is { } status)
                Assert.Contains("NoNewPrivs:\t1\n", status, StringComparison.Ordinal);
        }
        Signal(probe, "TERM");
        Assert.Equal(0, await ExitCodeAsync(probe));

        Directory.CreateDirectory(folder.PathOf("notes"));
        await File.WriteAllTextAsync(folder.PathOf("notes/note"), "first");
        using var reading = Start(["--state", folder.PathOf("state"), "--note", folder.PathOf("notes/note")]);
        url = Url((await reading.StandardOutput.ReadLineAsync())!);
        // A new file in its place, as one renews a certificate.
        await File.WriteAllTextAsync(folder.PathOf("notes/new"), "second");
        File.Move(folder.PathOf("notes/new"), folder.PathOf("notes/note"), overwrite: true);
        Assert.Equal("second\n", await client.GetStringAsync(new Uri(url + "read" + folder.PathOf("notes/note"))));
        Assert.Equal("UnauthorizedAccessException\n", await client.GetStringAsync(new Uri(url + "write" + folder.PathOf("notes/note"))));
        Signal(reading, "TERM");
        Assert.Equal(0, await ExitCodeAsync(reading));
    }

    [LandlockFact]
    public async Task Of_a_program_that_it_starts_it_can_start_no_copy_and_no_other()
    {
        const string Program = "/usr/bin/true", Other = "/usr/bin/env";
        using var process = Start(["--sandbox", "require", "--state", folder.PathOf("state"), "--starts", Program]);
        var ready = await ReadyAsync(process);
        var copy = folder.PathOf("state/true");
        File.Copy(Program, copy);
        using var client = new HttpClient();

        // EACCES, 13.
        Assert.Equal("ended with 0\n", await client.GetStringAsync(new Uri(Url(ready) + "start" + Program)));
        Assert.Equal("error 13\n", await client.GetStringAsync(new Uri(Url(ready) + "start" + Other)));
        Assert.Equal("error 13\n", await client.GetStringAsync(new Uri(Url(ready) + "start" + copy)));
        Signal(process, "TERM");
        Assert.Equal(0, await ExitCodeAsync(process));
    }

    [LandlockFact]
    public async Task A_word_in_the_environment_opens_no_files()
    {
        using var process = Start(["--sandbox", "require", "--state", folder.PathOf("state")], ("SANDBOX_ENTERED", "before"));
        var ready = await ReadyAsync(process);
        using var client = new HttpClient();
        Assert.Equal("UnauthorizedAccessException\n", await client.GetStringAsync(new Uri(Url(ready) + "write" + folder.PathOf("file"))));
        Signal(process, "TERM");
        Assert.Equal(0, await ExitCodeAsync(process));
    }

    // Newer kernels bind every thread by themselves.
    [LandlockFact(most: 7)]
    public async Task A_thread_that_does_not_follow_is_a_reason_not_to_run()
    {
        using var process = Start(["--sandbox", "require", "--state", folder.PathOf("state")], ("SAMPLE_IS_DEAF", "1"));

        Assert.Equal(1, await ExitCodeAsync(process));
        Assert.Matches(@"^sample: files outside its own are not closed off \(Landlock\): thread \d+ blocks signals; ", await process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task Debuggers_do_not_find_it()
    {
        Directory.CreateDirectory(folder.PathOf("doors"));
        using var open = Start(["--sandbox", "off", "--state", folder.PathOf("state")], ("TMPDIR", folder.PathOf("doors")), ("DOTNET_EnableDiagnostics", "1"));
        Assert.NotNull(await open.StandardOutput.ReadLineAsync());
        Assert.NotEmpty(Directory.GetFileSystemEntries(folder.PathOf("doors")));
        Signal(open, "TERM");
        Assert.Equal(0, await ExitCodeAsync(open));

        using var closed = Start(["--state", folder.PathOf("state")], ("TMPDIR", folder.PathOf("doors")), ("DOTNET_EnableDiagnostics", "1"));
        Assert.NotNull(await closed.StandardOutput.ReadLineAsync());
        // The pipes keep their names, which nobody else may have, and are this user's alone.
        var left = Directory.GetFileSystemEntries(folder.PathOf("doors")).Where(path => path.Contains($"-{closed.Id}-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        Assert.Collection(left, path => Assert.EndsWith("-in", path, StringComparison.Ordinal), path => Assert.EndsWith("-out", path, StringComparison.Ordinal));
        Assert.All(left, path => Assert.Equal(UnixFileMode.None, new FileInfo(path).UnixFileMode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)));
        // The runtime's thread waits at its pipe as before: only then it can be opened without waiting.
        Assert.True(SpinWait.SpinUntil(() => IsAwaited(left[0]), Patience), "nobody waits at " + left[0]);
        Signal(closed, "TERM");
        Assert.Equal(0, await ExitCodeAsync(closed));
    }

    [Fact]
    public async Task Without_the_sandbox_nothing_is_given_up()
    {
        using var process = Start(["--sandbox", "off", "--state", folder.PathOf("state")]);
        var url = Url((await process.StandardOutput.ReadLineAsync())!);
        using var client = new HttpClient();

        Assert.Equal("written\n", await client.GetStringAsync(new Uri(url + "write" + folder.PathOf("file"))));
        Signal(process, "TERM");
        Assert.Equal(0, await ExitCodeAsync(process));
    }

    [Fact]
    public async Task A_secret_comes_from_standard_input()
    {
        using var process = Start(["secret", "show"], input: "swordfish\n");

        Assert.Equal(0, await ExitCodeAsync(process));
        Assert.Equal("swordfish\n", await process.StandardOutput.ReadToEndAsync());
    }

    [Fact]
    public async Task A_process_without_its_parent_is_looked_after_and_the_service_is_left_to_who_waits_for_it()
    {
        using var process = Start(["orphans"]);

        Assert.Equal(0, await ExitCodeAsync(process));
        // SIGKILL, by which it was ended.
        Assert.Equal("the orphan is gone\nthe service ended with 137\n", await process.StandardOutput.ReadToEndAsync());
    }

    [Fact]
    public async Task An_option_comes_from_the_environment()
    {
        using var process = Start(["--state", folder.PathOf("state")], ("RIAD_HTTP", "127.0.0.1:x"));

        Assert.Equal(64, await ExitCodeAsync(process));
        Assert.StartsWith("sample: RIAD_HTTP: '127.0.0.1:x' will not do", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static string Sample => Path.Combine(AppContext.BaseDirectory, "Riad.Host.Sample");

    private static Process Start(string[] arguments, params (string Name, string Value)[] environment) => Start(arguments, "", environment);

    private static Process Start(string[] arguments, string input, params (string Name, string Value)[] environment) => Start(Sample, arguments, input, environment);

    private static Process Start(string program, string[] arguments, string input, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What chooses tests is not an option, and a variable that is none is refused.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("RIAD_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return process;
    }

    private static void Signal(Process process, string name)
    {
        using var kill = Process.Start("sh", ["-c", FormattableString.Invariant($"kill -s {name} {process.Id}")]);
        kill.WaitForExit();
    }

    private static bool IsAwaited(string pipe)
    {
        using var open = Process.Start(new ProcessStartInfo("dd", ["if=/dev/null", "of=" + pipe, "oflag=nonblock", "conv=nocreat,notrunc", "status=none"]) { RedirectStandardError = true })!;
        open.WaitForExit();
        return open.ExitCode == 0;
    }

    private static async Task<int> ExitCodeAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
        return process.ExitCode;
    }

    private static string? TryReadAllText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task<string> HearAsync(Socket supervisor)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[200];
        var length = await supervisor.ReceiveAsync(buffer, patience.Token);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static async Task<string> ReadyAsync(Process process)
    {
        if (await process.StandardOutput.ReadLineAsync() is { } ready)
            return ready;
        Assert.Fail(await process.StandardError.ReadToEndAsync());
        return "";
    }

    private static string Url(string ready) => ready[ready.IndexOf("http", StringComparison.Ordinal)..];
}
