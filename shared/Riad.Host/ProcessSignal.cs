namespace Riad.Host;

/// <summary>What an operator or a supervisor asks of a running process.</summary>
internal enum ProcessSignal
{
    /// <summary>SIGTERM or SIGINT: finish and end.</summary>
    Stop,

    /// <summary>SIGHUP: read again what can be read again.</summary>
    Reload,
}
