using System.Diagnostics;

namespace Riad.Fuzz;

/// <summary>Runs one target on its seeds and then on mutations of them until the time is up.</summary>
internal static class Campaign
{
    private static readonly TimeSpan TooSlow = TimeSpan.FromSeconds(10);

    /// <summary>True when nothing was found.</summary>
    public static bool Run(IFuzzTarget target, int seed, TimeSpan budget)
    {
        var seeds = target.Seeds.ToList();
        var mutator = new Mutator(seed);
        var clock = Stopwatch.StartNew();
        long runs = 0;
        foreach (var octets in seeds)
        {
            if (!Survives(target, octets, seed, runs++))
                return false;
        }
        while (clock.Elapsed < budget)
        {
            if (!Survives(target, mutator.Next(seeds), seed, runs++))
                return false;
        }
        Console.WriteLine($"{target.Name}: {runs} inputs, seed {seed}, nothing found");
        return true;
    }

    private static bool Survives(IFuzzTarget target, byte[] octets, int seed, long run)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            target.Run(octets);
            if (clock.Elapsed < TooSlow)
                return true;
            Console.WriteLine($"{target.Name}: input {run} of seed {seed} took {clock.Elapsed}: {Convert.ToHexStringLower(octets)}");
        }
        catch (Exception found) // any exception is the finding itself: it is printed and fails the run
        {
            Console.WriteLine($"{target.Name}: input {run} of seed {seed}: {Convert.ToHexStringLower(octets)}\n{found}");
        }
        return false;
    }
}
