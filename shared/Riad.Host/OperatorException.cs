namespace Riad.Host;

/// <summary>Something that the operator can mend: it ends the process with one sentence and no stack trace.</summary>
public sealed class OperatorException : Exception
{
    private OperatorException(int exitCode, string sentence, Exception? cause) : base(sentence, cause) => ExitCode = exitCode;

    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; }

    /// <summary>The arguments are wrong, alone or together: exit 64.</summary>
    /// <param name="sentence">What is wrong and what to write instead, without a full stop.</param>
    public static OperatorException BadArguments(string sentence) => new(Host.ExitCode.BadArguments, sentence, cause: null);

    /// <summary>The arguments are right, the world is not: a port is taken, a file cannot be read. Exit 1.</summary>
    /// <param name="sentence">What is wrong and what to do about it, without a full stop.</param>
    /// <param name="cause">What the system said, for the log.</param>
    public static OperatorException CannotRun(string sentence, Exception? cause = null) => new(Host.ExitCode.CannotRun, sentence, cause);
}
