using FsCheck;
using Microsoft.FSharp.Core;

namespace Riad;

/// <summary>Runs properties with the same values in every run; with new ones, whose seed a failure prints, where RIAD_TESTS is all.</summary>
/// <remarks>
/// A run of the suite says whether a change is good. Values that nobody has tried before belong where there is time to look into
/// what they find. These methods stand before FsCheck's own of the same names, since the tests are in namespaces below this one.
/// </remarks>
internal static class RepeatableProperties
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RIAD_TESTS") is "all";
    private static readonly FSharpOption<Replay> Seed = new(new(new(20261121), FSharpOption<int>.None));

    public static void QuickCheckThrowOnFailure(this Property property) => property.Check(Config.QuickThrowOnFailure);

    public static void Check(this Property property, Config config) =>
        CheckExtensions.Check(property, IsLong || config.Replay is not null ? config : config.WithReplay(Seed));
}
