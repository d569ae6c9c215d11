namespace Riad.Fuzz;

/// <summary>Every parser that is fuzzed: all classes of this project that are targets.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        .. typeof(FuzzTargets).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IFuzzTarget)) && !type.IsInterface)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (IFuzzTarget)Activator.CreateInstance(type)!),
    ];
}
