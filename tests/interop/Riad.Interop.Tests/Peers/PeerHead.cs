namespace Riad.Interop.Tests.Peers;

/// <summary>What every configuration of a server begins with, whatever it is tried for: one port of loopback, and all files in one folder.</summary>
internal static class PeerHead
{
    /// <summary>NSD's.</summary>
    /// <param name="home">A folder of its own.</param>
    /// <param name="port">Where it answers.</param>
    /// <param name="options">Further lines of <c>server:</c>.</param>
    public static string Nsd(string home, int port, params string[] options) =>
        $"""
        server:
          ip-address: 127.0.0.1@{port}
          username: ""
          chroot: ""
          database: ""
          zonesdir: "{home}"
          pidfile: "{home}/pid"
          xfrdfile: "{home}/xfrd"
          zonelistfile: "{home}/zones"
          server-count: 1
        {string.Join('\n', options.Select(option => $"  {option}"))}
        remote-control:
          control-enable: no
        """;

    /// <summary>Knot's.</summary>
    /// <param name="home">A folder of its own.</param>
    /// <param name="port">Where it answers.</param>
    /// <param name="logged">The least important of its messages that is wanted.</param>
    public static string Knot(string home, int port, string logged) =>
        $"""
        server:
            listen: 127.0.0.1@{port}
            rundir: {home}
        database:
            storage: {home}
        log:
          - target: stderr
            any: {logged}
        """;

    /// <summary>BIND's.</summary>
    /// <param name="home">A folder of its own.</param>
    /// <param name="port">Where it answers.</param>
    /// <param name="options">Further statements of <c>options</c>.</param>
    public static string Bind(string home, int port, params string[] options) =>
        $$"""
        options {
            directory "{{home}}"; pid-file none; session-keyfile "{{home}}/session.key";
            listen-on port {{port}} { 127.0.0.1; }; listen-on-v6 { none; };
            recursion no;
        {{string.Join('\n', options.Select(option => $"    {option}"))}}
        };
        controls { };
        """;
}
