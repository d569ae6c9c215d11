// Makes zones and queries, and asks a name server on loopback many of them. For tests/bench; see the scripts beside it.
using System.Globalization;
using System.Net;
using Riad.Load;

try
{
    return args switch
    {
        ["sets", var folder, .. var names] => WriteSets(folder, names),
        ["udp", .. var options] => RunUdp(Arguments.Parse(options)),
        ["updates", var port, var clients, var seconds] => RunUpdates(port, clients, seconds),
        ["hosts", var file, var names] => WriteHosts(file, names),
        ["cpu", .. var processes] => PrintCpu(processes),
        ["axfr", var port, var zone] => Fetch(port, zone),
        ["lag", var primary, var secondary, var count] => RunLag(primary, secondary, count),
        ["serials", var port, var file, var serial, var seconds] => WaitForSerials(port, file, serial, seconds),
        ["notify", var port, var zone] => Notify(port, zone),
        ["ready", var port, var zone, var seconds] => WaitUntilReady(port, zone, seconds),
        _ => Usage(),
    };
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 64;
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        Riad.Load sets FOLDER [A] [C]            writes A.zone and A.queries (100,000 names), C.zone and C.queries (1.18 million owners)
        Riad.Load ready PORT ZONE SECONDS        waits until the server on loopback answers the zone's SOA; prints when that was, in Unix seconds
        Riad.Load hosts FILE COUNT               writes the zone hosts.test with so many names, as a person would
        Riad.Load updates PORT CLIENTS SECONDS   each client sends one signed update of hosts.test after another (key load._update.hosts.test,
                                                 hmac-sha256, 32 zero octets) and waits for its answer; prints the rate and latencies
        Riad.Load axfr PORT ZONE                 fetches a whole zone from the server on loopback; prints messages, records, octets and seconds
        Riad.Load lag PRIMARY SECONDARY COUNT    updates hosts.test at the port of its primary so many times; prints how long each took to be answered by the secondary
        Riad.Load serials PORT FILE SERIAL SECONDS  waits until every zone of the list has the serial; prints when that was, in Unix seconds
        Riad.Load notify PORT ZONE               sends a NOTIFY; prints the code of the answer
        Riad.Load cpu PID...                     prints the CPU seconds that these processes have used
        Riad.Load udp --port N --queries FILE [--sockets 4] [--window 64] [--seconds 5] [--warm 1] [--rate N] [--process PID]...
                                                 --window queries are outstanding on each socket; with --rate no more than N a second are sent.
                                                 Prints queries per second, the share lost, the servers' CPU time per query, and latencies.
        """);
    return 64;
}

static int WriteSets(string folder, string[] names)
{
    Directory.CreateDirectory(folder);
    foreach (var set in ZoneSet.All.Where(set => names.Length == 0 || names.Contains(set.Name, StringComparer.Ordinal)))
        set.Write(folder);
    return 0;
}

static int PrintCpu(string[] processes)
{
    var seconds = ProcessClock.Seconds(processes.Select(process => int.Parse(process, CultureInfo.InvariantCulture)));
    Console.WriteLine(seconds.ToString("0.000000", CultureInfo.InvariantCulture));
    return 0;
}

static int Fetch(string port, string zone)
{
    Console.WriteLine(ZoneFetch.Run(new(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)), zone));
    return 0;
}

static int RunLag(string primary, string secondary, string count)
{
    Console.WriteLine(ChangeLag.Run(Loopback(primary), Loopback(secondary), int.Parse(count, CultureInfo.InvariantCulture)));
    return 0;
}

static int WaitForSerials(string port, string file, string serial, string seconds)
{
    var zones = File.ReadAllLines(file);
    var patience = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
    if (ChangeLag.WaitForSerial(Loopback(port), zones, uint.Parse(serial, CultureInfo.InvariantCulture), patience) is not { } moment)
    {
        Console.Error.WriteLine($"not all zones have serial {serial} at port {port} after {seconds} s");
        return 1;
    }
    Console.WriteLine((moment.ToUnixTimeMilliseconds() / 1000m).ToString("0.000", CultureInfo.InvariantCulture));
    return 0;
}

static int Notify(string port, string zone)
{
    Console.WriteLine(ChangeLag.Notify(Loopback(port), zone));
    return 0;
}

static IPEndPoint Loopback(string port) => new(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));

static int RunUdp(Arguments arguments)
{
    Console.WriteLine(UdpLoad.Run(arguments).ToString());
    return 0;
}

static int RunUpdates(string port, string clients, string seconds)
{
    var endpoint = new IPEndPoint(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
    Console.WriteLine(UpdateLoad.Run(endpoint, int.Parse(clients, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))));
    return 0;
}

static int WriteHosts(string file, string names)
{
    UpdateLoad.WriteZone(file, int.Parse(names, CultureInfo.InvariantCulture));
    return 0;
}

static int WaitUntilReady(string port, string zone, string seconds)
{
    var endpoint = new IPEndPoint(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
    var answered = Readiness.Wait(endpoint, zone, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
    if (answered is null)
    {
        Console.Error.WriteLine($"no answer for {zone} from {endpoint} in {seconds} s");
        return 1;
    }
    Console.WriteLine((answered.Value.ToUnixTimeMilliseconds() / 1000m).ToString("0.000", CultureInfo.InvariantCulture));
    return 0;
}
