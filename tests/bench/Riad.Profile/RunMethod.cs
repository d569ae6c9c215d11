using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Riad.Profile;

/// <summary>A type as the runtime's compiler writes it.</summary>
/// <param name="Name">With its namespace; nested types behind a plus sign.</param>
/// <param name="Arguments">Of a generic type; <c>System.__Canon</c> stands for any class.</param>
/// <param name="IsArray">True for an array of it, of one dimension.</param>
internal sealed record RunType(string Name, ImmutableArray<RunType> Arguments, bool IsArray)
{
    public override string ToString() => Name + (Arguments.IsEmpty ? "" : $"[{string.Join(',', Arguments)}]") + (IsArray ? "[]" : "");
}

/// <summary>A method that was run, as the runtime's compiler names it: <c>System.Foo`1[int]:Bar[System.__Canon](int) [Tier0, ...]</c>.</summary>
/// <param name="Type">Where it is.</param>
/// <param name="Name">Its name; what it takes is left out, so that all of this name are meant.</param>
/// <param name="Arguments">Of a generic method.</param>
internal sealed record RunMethod(RunType Type, string Name, ImmutableArray<RunType> Arguments)
{
    private const string Before = "JIT compiled ";

    /// <summary>Reads a line of DOTNET_JitDisasmSummary; false for one that names no method of an assembly.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out RunMethod? method)
    {
        method = null;
        var at = line.IndexOf(Before, StringComparison.Ordinal);
        if (at < 0)
            return false;
        at += Before.Length;
        // The last line of a machine that was switched off may end anywhere.
        line += "\0\0";
        if (!TryReadType(line, ref at, ":", out var type) || at >= line.Length || line[at++] != ':')
            return false;
        var end = line.IndexOfAny(['[', '('], at);
        if (end < 0)
            return false;
        var name = line[at..end];
        at = end;
        var arguments = ImmutableArray<RunType>.Empty;
        if (line[at] == '[' && !TryReadArguments(line, ref at, out arguments))
            return false;
        method = new(type, name, arguments);
        return true;
    }

    // A name ends at a bracket, or at one of the given characters outside of <>.
    private static bool TryReadType(string line, ref int at, string ends, [NotNullWhen(true)] out RunType? type)
    {
        type = null;
        var (start, depth) = (at, 0);
        while (at < line.Length && line[at] != '[' && (depth > 0 || !ends.Contains(line[at], StringComparison.Ordinal)))
        {
            depth += line[at] == '<' ? 1 : line[at] == '>' ? -1 : 0;
            at++;
        }
        if (at == start || at >= line.Length)
            return false;
        var name = line[start..at];
        var arguments = ImmutableArray<RunType>.Empty;
        if (line[at] == '[' && line[at + 1] is not (']' or ',') && !TryReadArguments(line, ref at, out arguments))
            return false;
        var isArray = line.AsSpan(at).StartsWith("[]", StringComparison.Ordinal);
        at += isArray ? 2 : 0;
        type = new(name, arguments, isArray);
        return line[at] != '[';
    }

    private static bool TryReadArguments(string line, ref int at, out ImmutableArray<RunType> arguments)
    {
        var read = ImmutableArray.CreateBuilder<RunType>();
        arguments = [];
        do
        {
            at++;
            if (!TryReadType(line, ref at, ",]", out var argument))
                return false;
            read.Add(argument);
        }
        while (line[at] == ',');
        arguments = read.ToImmutable();
        return line[at++] == ']';
    }
}
