using Riad.Core;
using Riad.Host.Settings;

namespace Riad.Host;

/// <summary>What a command gets that does one thing and ends.</summary>
public sealed class ToolServices
{
    internal ToolServices()
    {
    }

    /// <summary>What the operator set.</summary>
    public required SettingValues Settings { get; init; }

    /// <summary>Standard input.</summary>
    public required TextReader Input { get; init; }

    /// <summary>Standard output: results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error: what went wrong, and prompts.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Both clocks.</summary>
    public required HostClock Clock { get; init; }

    /// <summary>Random octets.</summary>
    public required IRandom Random { get; init; }

    internal Func<string>? ReadHiddenLine { get; init; }

    /// <summary>Reads a secret: from the terminal without showing it, twice; otherwise one line of standard input.</summary>
    /// <param name="prompt">What is asked for, such as <c>Password for ada</c>.</param>
    /// <exception cref="OperatorException">Nothing came, or the two differ.</exception>
    public string ReadSecret(string prompt)
    {
        var secret = ReadHiddenLine is null ? Input.ReadLine() : Ask(prompt);
        return secret is { Length: > 0 } ? secret : throw OperatorException.BadArguments("the password is empty; write one line on standard input");
    }

    private string Ask(string prompt)
    {
        var first = AskOnce(prompt + ": ");
        var second = AskOnce(prompt + " again: ");
        return first == second ? first : throw OperatorException.BadArguments("the two passwords differ; try again");
    }

    private string AskOnce(string prompt)
    {
        Error.Write(prompt);
        Error.Flush();
        var line = ReadHiddenLine!();
        Error.WriteLine();
        return line;
    }
}
