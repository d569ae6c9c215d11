using System.Collections.Immutable;

namespace Riad.Profile;

/// <summary>Which enumerations generic code runs with: the runtime's compiler writes the number that each is.</summary>
/// <param name="All">Where: what <c>TYPE:METHOD</c> begins with; and the enumerations by name.</param>
internal sealed record Enumerations(ImmutableArray<(string Where, ImmutableArray<string> Names)> All)
{
    private const string Number = "int";

    /// <summary>Reads a file of lines <c>WHERE NAME...</c>; what begins with # is a remark.</summary>
    public static Enumerations Read(string path) => new(
    [
        .. from line in File.ReadLines(path)
           let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           where words.Length > 0 && words[0][0] != '#'
           select (words[0], ImmutableArray.Create(words.AsSpan(1))),
    ]);

    /// <summary>The method, and the same with each enumeration in place of the number.</summary>
    public IEnumerable<RunMethod> Expand(RunMethod method)
    {
        yield return method;
        if (!method.Type.Arguments.Concat(method.Arguments).Any(IsOfNumber))
            yield break;
        var name = $"{method.Type.Name}:{method.Name}";
        foreach (var enumeration in All.Where(each => name.StartsWith(each.Where, StringComparison.Ordinal)).SelectMany(each => each.Names))
            yield return new(With(method.Type, enumeration), method.Name, [.. method.Arguments.Select(argument => With(argument, enumeration))]);
    }

    private static bool IsOfNumber(RunType type) => type.Name == Number || type.Arguments.Any(IsOfNumber);

    private static RunType With(RunType type, string enumeration) => type.Name == Number
        ? type with { Name = enumeration }
        : type with { Arguments = [.. type.Arguments.Select(argument => With(argument, enumeration))] };
}
