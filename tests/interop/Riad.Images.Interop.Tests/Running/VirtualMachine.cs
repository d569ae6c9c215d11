using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Riad.Interop.Tests.Running;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>A machine of QEMU's, emulated in software, on a network that only this process sees.</summary>
internal sealed class VirtualMachine : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static int machines;

    private readonly Process process;
    private readonly string console;
    private readonly string line;
    private readonly string monitor;

    private VirtualMachine(Process process, string console, string line, string monitor, IPAddress address)
    {
        (this.process, this.console, this.line, this.monitor, Address) = (process, console, line, monitor, address);
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
    }

    /// <summary>An address of loopback for this machine alone: what arrives at its port 5300 goes to port 53 of the machine, 8300 to 80.</summary>
    public IPAddress Address { get; }

    /// <summary>Everything that it wrote to its serial line.</summary>
    public string Console => File.Exists(console) ? Encoding.UTF8.GetString(ReadShared(console)) : "";

    /// <summary>Starts a PC.</summary>
    /// <param name="folder">For its console.</param>
    /// <param name="arguments">What it boots from.</param>
    public static VirtualMachine StartPc(string folder, params string[] arguments) => Start(
        "qemu-system-x86_64", folder, ["-M", "q35", "-cpu", "max", "-m", "320", "-device", "virtio-net-pci,netdev=net,romfile=", "-device", "virtio-rng-pci", .. WithPatientTimer(arguments)]);

    /// <summary>Starts a virtual machine with the processor of a Raspberry Pi 3.</summary>
    /// <param name="folder">For its console.</param>
    /// <param name="arguments">What it boots from.</param>
    public static VirtualMachine StartArm(string folder, params string[] arguments) => Start(
        "qemu-system-aarch64", folder, ["-M", "virt", "-cpu", "cortex-a53", "-m", "512", "-device", "virtio-net-pci,netdev=net,romfile=", "-device", "virtio-rng-pci", .. arguments]);

    /// <summary>Starts a Raspberry Pi 3, whose pins for a console are those of its second serial line.</summary>
    /// <param name="folder">For its console.</param>
    /// <param name="arguments">What it boots from.</param>
    public static VirtualMachine StartPi(string folder, params string[] arguments) => Start("qemu-system-aarch64", folder, ["-M", "raspi3b", "-serial", "null", .. arguments]);

    /// <summary>Starts any machine.</summary>
    public static VirtualMachine Start(string program, string folder, params string[] arguments)
    {
        var number = Interlocked.Increment(ref machines);
        var address = new IPAddress([127, (byte)(100 + (number % 100)), (byte)(Environment.ProcessId >> 8), (byte)Environment.ProcessId]);
        var (console, line, monitor) = (Path.Combine(folder, $"console-{number}.log"), Path.Combine(folder, $"line-{number}"), Path.Combine(folder, $"monitor-{number}"));
        string[] common =
        [
            "-accel", "tcg", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-chardev", $"socket,id=line,path={line},server=on,wait=off,logfile={console}", "-serial", "chardev:line", "-monitor", $"unix:{monitor},server,nowait",
            "-netdev", $"user,id=net,hostfwd=udp:{address}:5300-:53,hostfwd=tcp:{address}:5300-:53,hostfwd=tcp:{address}:8300-:80",
        ];
        var start = new ProcessStartInfo(program, [.. arguments, .. common]) { RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        return new(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"), console, line, monitor, address);
    }

    /// <summary>Waits until something holds; a wait in vain shows the console.</summary>
    public void Until(string what, Func<bool> holds)
    {
        for (var clock = Stopwatch.StartNew(); !holds(); Thread.Sleep(Pause))
            if (clock.Elapsed > Patience || (process.HasExited && !holds()))
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"not {what} after {clock.Elapsed.TotalSeconds:F0} s{(process.HasExited ? ", and it has ended" : "")}:\n{Console}"));
    }

    /// <summary>Waits until the console shows a text.</summary>
    public void UntilConsoleShows(string text) => Until($"'{text}' on the console", () => Console.Contains(text, StringComparison.Ordinal));

    /// <summary>Types something on its serial line.</summary>
    public void Type(string text)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(line));
        socket.Send(Encoding.ASCII.GetBytes(text));
    }

    /// <summary>Tells the machine's monitor something, such as <c>system_powerdown</c>.</summary>
    public void Tell(string command)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(monitor));
        socket.Send(Encoding.ASCII.GetBytes(command + "\n"));
        // It answers with a prompt once it is done.
        var (answer, heard) = (new byte[4096], "");
        while (!heard.Contains(command, StringComparison.Ordinal) || !heard.TrimEnd().EndsWith("(qemu)", StringComparison.Ordinal))
        {
            var count = socket.Receive(answer);
            if (count == 0)
                return;
            heard += Encoding.ASCII.GetString(answer, 0, count);
        }
    }

    /// <summary>What dig prints with <c>+short</c>, however often the machine must be asked before it answers.</summary>
    public void UntilDigSays(string expected, params string[] question)
    {
        var said = "";
        try
        {
            Until($"answered to {string.Join(' ', question)}", () => (said = Dig(question)) == expected);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"'{expected}' is expected, dig says '{said}': {exception.Message}", exception);
        }
    }

    /// <summary>Asks the machine once.</summary>
    public string Dig(params string[] question) => Tool.Run("dig", [$"@{Address}", "-p", "5300", "+short", "+tries=1", "+time=5", .. question], ".").Output.Trim();

    /// <summary>Asks for a page, however often it must be asked before it answers.</summary>
    public (int Status, string Text) Get(string path)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        (int, string)? answer = null;
        Until($"answered to {path}", () =>
        {
            try
            {
                using var response = client.GetAsync(new Uri($"http://{Address}:8300{path}")).GetAwaiter().GetResult();
                answer = ((int)response.StatusCode, response.Content.ReadAsStringAsync().GetAwaiter().GetResult());
                return true;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        });
        return answer!.Value;
    }

    /// <summary>Waits until what is sent to the machine's port 53 comes back, however often it must be sent.</summary>
    public void UntilEchoed(string text) => Until($"'{text}' echoed", () =>
    {
        using var client = new UdpClient();
        client.Client.ReceiveTimeout = 1000;
        try
        {
            client.Connect(Address, 5300);
            client.Send(Encoding.ASCII.GetBytes(text));
            IPEndPoint? from = null;
            return Encoding.ASCII.GetString(client.Receive(ref from)) == text;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    /// <summary>Waits for the machine to switch itself off.</summary>
    public void UntilOff()
    {
        if (!process.WaitForExit(Patience))
            throw new TimeoutException($"still on:\n{Console}");
    }

    /// <summary>Pulls the plug.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    // Emulated beside much else, a kernel sees no tick while it looks for ten, and stops: "IO-APIC + timer doesn't work".
    private static string[] WithPatientTimer(string[] arguments) =>
        [.. arguments.Select((argument, index) => index > 0 && arguments[index - 1] is "-append" ? argument + " no_timer_check" : argument)];

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }
}
